import './imports.css';
import type { ImportView } from '@sidekick/contracts';
import { Link, useParams } from 'react-router-dom';
import { ApiProblem } from '../../api/ask.ts';
import { useTitle } from '../../app/title.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Icon } from '../../ui/icons.tsx';
import { atMinute, atSecond, lasted } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { hrefOf } from '../handbook/index.ts';
import { AskToArchive } from './ask-to-archive.tsx';
import { Earlier } from './imports-screen.tsx';
import { useImport, useImports } from './queries.ts';
import { Counts, Report } from './report.tsx';
import { Running } from './running.tsx';

/** One import: what it does while it runs, its report afterwards. */
export function ImportScreen() {
  const { id = '' } = useParams();
  const one = useImport(id);
  useTitle(one.data ? `Import of ${one.data.source}` : 'Import');
  if (one.error instanceof ApiProblem && one.error.status === 404) {
    return (
      <main className="wrap">
        <Empty
          icon="box"
          title="No such import"
          action={
            <Link className="btn" to="/imports">
              All imports
            </Link>
          }
        />
      </main>
    );
  }
  return (
    <main className="wrap imp">
      {one.error && <ProblemNote error={one.error} retry={() => void one.refetch()} />}
      {one.isPending && <Lines count={8} label="Loading the import" />}
      {one.data && <OneImport view={one.data} />}
    </main>
  );
}

function OneImport({ view }: { view: ImportView }) {
  const over = view.state === 'done' || view.state === 'failed';
  return (
    <>
      <div className="hh">
        <div>
          <nav className="bc" aria-label="Breadcrumb">
            <Link to="/p/">Handbook</Link>
            <span aria-hidden="true">/</span>
            <Link to="/imports">Imports</Link>
            <span aria-hidden="true">/</span>
            <span>{atMinute(view.startedAt)}</span>
          </nav>
          <h1>Import of {view.source}</h1>
        </div>
        <span className="grow" />
        {over && (
          <span className="hacts">
            <Button onClick={() => download(view)}>Download the report</Button>
            <Link className="btn" to={`/imports?source=${encodeURIComponent(view.source)}`}>
              <Icon name="replay" />
              Import again
            </Link>
          </span>
        )}
      </div>
      {over ? <Outcome view={view} /> : <Running view={view} />}
      {view.report.waitingToArchive.length > 0 && <AskToArchive view={view} />}
      <Counts view={view} />
      <div className="two">
        <div>
          <Report view={view} />
        </div>
        <Aside view={view} />
      </div>
    </>
  );
}

function Outcome({ view }: { view: ImportView }) {
  const { failed, kept } = view.report;
  const time = view.endedAt && view.runsSince ? ` in ${lasted(view.runsSince, view.endedAt)}${waitedFor(view)}` : '';
  if (view.state === 'failed') {
    return (
      <div className="conf bad0" role="alert">
        <Icon name="warn" />
        <span>
          <b>Failed{time}.</b> {view.error} Pages that were written before stay as they are.
        </span>
      </div>
    );
  }
  const left = failed.length + kept.length;
  return (
    <div className={left > 0 ? 'conf' : 'conf good0'} role="status">
      <Icon name={left > 0 ? 'warn' : 'check'} />
      <span>
        <b>
          Finished{time}
          {failed.length > 0 && `, ${failed.length === 1 ? '1 file' : `${failed.length} files`} left out`}.
        </b>{' '}
        {view.total} files read.{' '}
        <Link className="link" to={hrefOf(view.into)}>
          Read the pages
        </Link>
      </span>
    </div>
  );
}

/** Time behind other imports, where it can be felt. */
function waitedFor({ startedAt, runsSince }: ImportView): string {
  if (runsSince === null || Date.parse(runsSince) - Date.parse(startedAt) < 2_000) return '';
  return `, after waiting ${lasted(startedAt, runsSince)} for others`;
}

function Aside({ view }: { view: ImportView }) {
  const imports = useImports();
  const earlier = imports.data?.filter(({ id, source }) => id !== view.id && source === view.source) ?? [];
  return (
    <aside className="side">
      <section>
        <h2>Source</h2>
        <dl>
          <dt>Name</dt>
          <dd>{view.source}</dd>
          <dt>Lives under</dt>
          <dd>
            <Link className="link" to={hrefOf(view.into)}>
              /p/{view.into}
            </Link>
          </dd>
          <dt>Started</dt>
          <dd>
            {atSecond(view.startedAt)} by {view.by}
          </dd>
          {view.report.attachments > 0 && <dt>Images, files</dt>}
          {view.report.attachments > 0 && <dd>{view.report.attachments}</dd>}
        </dl>
      </section>
      <section>
        <h2>How conflicts are settled</h2>
        <ul className="rl0">
          <li>Changed in the source only: updated</li>
          <li>Changed here only: kept</li>
          <li>Both: merged, or kept as it is here where lines clash</li>
          <li>Gone from the source: archived, unless edited here</li>
          <li>More than 20 % and more than 10 gone: stops and asks</li>
        </ul>
      </section>
      {earlier.length > 0 && (
        <section>
          <h2>Earlier</h2>
          <Earlier imports={earlier} />
        </section>
      )}
    </aside>
  );
}

function download({ source, startedAt, report }: ImportView): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(report, null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `import-${source}-${startedAt.slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
