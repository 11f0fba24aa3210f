import type { ImportView } from '@sidekick/contracts';
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { DeadLinks, OutsideLinks } from './dead-links.tsx';
import { Kept } from './kept.tsx';

type Row = ImportView['rows'][number];

/** One number a kind of outcome; each leads to its part of the report. */
export function Counts({ view: { report, state } }: { view: ImportView }) {
  const known = state === 'done';
  const counts: [string, string, number | null, IconName, string][] = [
    ['failed', 'Failed', report.failed.length, 'warn', report.failed.length > 0 ? 'bad' : ''],
    ['missing', 'Lead nowhere', known ? report.missing.length : null, 'link', report.missing.length > 0 ? 'warn' : ''],
    ['kept', 'Kept as here', report.kept.length, 'chat', report.kept.length > 0 ? 'warn' : ''],
    ['created', 'Created', report.created, 'plus', ''],
    ['updated', 'Updated', report.updated, 'edit', ''],
    ['merged', 'Merged', report.merged, 'merge', ''],
    ['moved', 'Moved', known ? report.moved : null, 'move', ''],
    ['archived', 'Archived', known ? report.archived : null, 'box', ''],
    ['drafts', 'Drafts', known ? report.drafts.length : null, 'edit', ''],
    ['leftout', 'Left out', known || state === 'failed' ? report.leftOut.length : null, 'box', ''],
  ];
  return (
    <nav className="cnt" aria-label="Counts">
      {counts.map(([id, label, count, icon, tone]) => (
        <a key={id} href={`#${id}`} aria-disabled={!count || undefined}>
          <b className={count === null ? 'muted' : tone}>{count ?? '–'}</b>
          <span>
            <Icon name={icon} />
            {label}
          </span>
        </a>
      ))}
      <span>
        <b>{report.unchanged}</b>
        <span>Unchanged</span>
      </span>
    </nav>
  );
}

/** What went wrong by name, then what was done. */
export function Report({ view }: { view: ImportView }) {
  const { report, rows, state } = view;
  const of = (...outcomes: Row['outcome'][]) => rows.filter(({ outcome }) => outcomes.includes(outcome));
  return (
    <>
      <Reasons id="failed" title="Failed" about="the rest went on; readers see such a page as it was" items={report.failed} />
      {report.kept.length > 0 && (
        <Part id="kept" title="Kept as edited here" about={`${report.kept.length}; changed here and in the source, and the lines clash`}>
          <Kept report={report} />
        </Part>
      )}
      <Missing report={report} known={state === 'done'} />
      <Beside report={report} />
      {report.waitingToArchive.length > 0 && (
        <Part id="waiting" title="Gone from the source" about={`${report.waitingToArchive.length}, waiting for a yes`}>
          <Names items={report.waitingToArchive.map((path) => ({ key: path, name: <span className="mono">{path}</span> }))} />
        </Part>
      )}
      <Pages id="moved" title="Moved" about="old addresses lead on" rows={of('moved')} />
      <Pages id="archived" title="Archived" about="gone from the source" rows={of('archived')} />
      <Pages id="created" title="Created" rows={of('created')} />
      <Pages id="updated" title="Updated" rows={of('updated')} />
      <Pages id="merged" title="Merged" about="changed here and in the source, both sides kept" rows={of('merged')} />
    </>
  );
}

function Part({ id, title, about, children }: { id: string; title: string; about: string; children: ReactNode }) {
  return (
    <section id={id}>
      <div className="sec">
        <h2>{title}</h2>
        <span className="muted">{about}</span>
      </div>
      {children}
    </section>
  );
}

function Reasons({ id, title, about, items }: { id: string; title: string; about: string; items: { path: string; reason: string }[] }) {
  if (items.length === 0) return null;
  return (
    <Part id={id} title={title} about={`${items.length}; ${about}`}>
      <ul className="pgs why0">
        {items.map(({ path, reason }) => (
          <li key={path}>
            <Icon name="warn" />
            <div>
              <b className="mono">{path}</b>
              <div>{reason}</div>
            </div>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Missing({ report, known }: { report: ImportView['report']; known: boolean }) {
  const { missing } = report;
  if (!known) {
    return (
      <Part id="missing" title="Links that lead nowhere" about="">
        <p className="mid">Known when all pages are written: a link may lead to a page that comes later.</p>
      </Part>
    );
  }
  if (missing.length === 0) return null;
  const pages = new Set(missing.map(({ page }) => page)).size;
  return (
    <Part id="missing" title="Links that lead nowhere" about={`${missing.length}, on ${pagesOf(pages)}`}>
      <DeadLinks report={report} />
    </Part>
  );
}

/** What the source holds and the handbook does not, or not as its own reader shows it. */
function Beside({ report: { drafts, leftOut, unknown, outside } }: Pick<ImportView, 'report'>) {
  return (
    <>
      {drafts.length > 0 && (
        <Part id="drafts" title="Drafts" about={`${drafts.length}; seen by editors alone until somebody publishes them`}>
          <Names items={drafts.map(({ path, title }) => ({ key: path, name: named(title, path) }))} />
        </Part>
      )}
      {unknown.length > 0 && (
        <Part id="unknown" title="Written for another reader" about="shown plainly">
          <Names
            items={unknown.map(({ kind, count, pages }) => ({
              key: kind,
              name: (
                <>
                  <b>{kind}</b> <span className="muted">{`${count} on ${pagesOf(pages)}`}</span>
                </>
              ),
            }))}
          />
        </Part>
      )}
      {outside.length > 0 && (
        <Part id="outside" title="Links out of the site" about={`${outside.length}; to other addresses of the server it stood on`}>
          <OutsideLinks outside={outside} />
        </Part>
      )}
      {leftOut.length > 0 && (
        <Part id="leftout" title="Left out" about={`${leftOut.length}; neither a page nor shown by one`}>
          <Names
            items={leftOut.map(({ path, reason }) => ({
              key: `${path} ${reason}`,
              name: (
                <>
                  <span className="mono">{path}</span> <span className="muted">{reason}</span>
                </>
              ),
            }))}
          />
        </Part>
      )}
    </>
  );
}

const pagesOf = (count: number): string => (count === 1 ? '1 page' : `${count} pages`);
const named = (title: string, path: string) => (
  <>
    <b>{title}</b> <span className="mono muted">{path}</span>
  </>
);

function Pages({ id, title, about = '', rows }: { id: string; title: string; about?: string; rows: Row[] }) {
  if (rows.length === 0) return null;
  return (
    <Part id={id} title={title} about={[rows.length, about].filter(Boolean).join(', ')}>
      <Names items={rows.map((row) => ({ key: row.path, name: named(row.title, row.path) }))} />
    </Part>
  );
}

/** Names shown at first; the rest one click away. */
const few = 12;

function Names({ items }: { items: { key: string; name: ReactNode }[] }) {
  const [all, setAll] = useState(false);
  return (
    <>
      <ul className="pgs two1">
        {items.slice(0, all ? undefined : few).map(({ key, name }) => (
          <li key={key}>{name}</li>
        ))}
      </ul>
      {!all && items.length > few && (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show all {items.length}
        </Button>
      )}
    </>
  );
}
