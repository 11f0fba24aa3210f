import type { ImportView, MissingTarget } from '@sidekick/contracts';
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';

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
      <Reasons id="failed" title="Failed" about="the rest went on; readers see such a page as it was" items={report.failed} icon="warn" />
      <Reasons
        id="kept"
        title="Kept as edited here"
        about="changed here and in the source, and the lines clash"
        items={report.kept}
        icon="chat"
      />
      <Missing missing={report.missing} known={state === 'done'} />
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

function Reasons({
  id,
  title,
  about,
  items,
  icon,
}: {
  id: string;
  title: string;
  about: string;
  items: { path: string; reason: string }[];
  icon: IconName;
}) {
  if (items.length === 0) return null;
  return (
    <Part id={id} title={title} about={`${items.length}; ${about}`}>
      <ul className="pgs why0">
        {items.map(({ path, reason }) => (
          <li key={path}>
            <Icon name={icon} />
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

const kinds: Record<MissingTarget['kind'], string> = {
  page: 'no such page',
  anchor: 'no such heading on the page',
  image: 'no such image',
  file: 'no such file',
};

function Missing({ missing, known }: { missing: MissingTarget[]; known: boolean }) {
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
    <Part id="missing" title="Links that lead nowhere" about={`${missing.length}, on ${pages === 1 ? '1 page' : `${pages} pages`}`}>
      <section className="scrollx" aria-label="Links that lead nowhere">
        <table className="lk">
          <thead>
            <tr>
              <th>Page</th>
              <th>Leads to</th>
              <th>Why not</th>
            </tr>
          </thead>
          <tbody>
            {missing.map(({ page, target, kind }) => (
              <tr key={`${page} ${target} ${kind}`}>
                <td className="mono">{page}</td>
                <td className="mono">{target}</td>
                <td>{kinds[kind]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Part>
  );
}

function Pages({ id, title, about = '', rows }: { id: string; title: string; about?: string; rows: Row[] }) {
  if (rows.length === 0) return null;
  const name = ({ title: words, path }: Row) => (
    <>
      <b>{words}</b> <span className="mono muted">{path}</span>
    </>
  );
  return (
    <Part id={id} title={title} about={[rows.length, about].filter(Boolean).join(', ')}>
      <Names items={rows.map((row) => ({ key: row.path, name: name(row) }))} />
    </Part>
  );
}

/** Names shown at first; the rest one click away. */
const FEW = 12;

function Names({ items }: { items: { key: string; name: ReactNode }[] }) {
  const [all, setAll] = useState(false);
  return (
    <>
      <ul className="pgs two1">
        {items.slice(0, all ? undefined : FEW).map(({ key, name }) => (
          <li key={key}>{name}</li>
        ))}
      </ul>
      {!all && items.length > FEW && (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show all {items.length}
        </Button>
      )}
    </>
  );
}
