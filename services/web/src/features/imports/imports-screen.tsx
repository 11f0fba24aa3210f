import './imports.css';
import type { ImportView } from '@sidekick/contracts';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { Button } from '../../ui/button.tsx';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { hrefOf } from '../handbook/index.ts';
import { type SourceView, useImports, useSources } from './queries.ts';
import { RemoveSource } from './remove-source.tsx';
import { UploadForm } from './upload-form.tsx';

/** Bring a handbook in, see where the pages come from and what earlier imports did. */
export function ImportsScreen() {
  const [params] = useSearchParams();
  const imports = useImports();
  const sources = useSources();
  useTitle('Import');
  const again = sources.data?.items.find(({ key }) => key === params.get('source'));
  return (
    <main className="wrap imp">
      <div className="hh">
        <div>
          <nav className="bc" aria-label="Breadcrumb">
            <Link to="/p/">Handbook</Link>
            <span aria-hidden="true">/</span>
            <span>Imports</span>
          </nav>
          <h1>Import your handbook</h1>
        </div>
      </div>
      <div className="two">
        <section>
          <p className="mid">
            A folder of Markdown, as it is: with front matter, or only headings. Links, images and order come along; nothing in the folder
            is changed, and it can be repeated at any time.
          </p>
          <UploadForm key={again?.key ?? ''} again={again} archive={params.get('archive') === 'true'} />
        </section>
        <aside>
          <div className="sec">
            <h2>Where pages come from</h2>
          </div>
          {sources.error && <ProblemNote error={sources.error} retry={() => void sources.refetch()} />}
          {sources.isPending && <Lines count={3} />}
          {sources.data && <Sources items={sources.data.items} />}
          <div className="sec later">
            <h2>Earlier imports</h2>
          </div>
          {imports.error && <ProblemNote error={imports.error} retry={() => void imports.refetch()} />}
          {imports.isPending && <Lines count={4} />}
          {imports.data && <Earlier imports={imports.data} />}
        </aside>
      </div>
    </main>
  );
}

function Sources({ items }: { items: SourceView[] }) {
  const [removing, setRemoving] = useState<string | null>(null);
  if (items.length === 0) return <p className="muted">No page was imported yet.</p>;
  return (
    <ul className="feed srcs">
      {items.map(({ key, into, pages, lastImportAt }) => (
        <li key={key}>
          <span>
            <Link className="b" to={hrefOf(into)}>
              {key}
            </Link>
            <small>
              {pages === 1 ? '1 page' : `${pages} pages`} under /p/{into}
              {lastImportAt && `, ${atMinute(lastImportAt)}`}
            </small>
          </span>
          <span className="nw">
            <Link className="btn quiet" to={`/imports?source=${encodeURIComponent(key)}`}>
              Again
            </Link>
            <Button look="quiet" icon="trash" aria-label={`Remove the pages of ${key}`} onClick={() => setRemoving(key)} />
          </span>
        </li>
      ))}
      {removing !== null && <RemoveSource source={removing} close={() => setRemoving(null)} />}
    </ul>
  );
}

/** Imports shown at first. */
const few = 8;

export function Earlier({ imports }: { imports: ImportView[] }) {
  const [all, setAll] = useState(false);
  if (imports.length === 0) return <p className="muted">None yet.</p>;
  return (
    <ul className="feed pa">
      {imports.slice(0, all ? undefined : few).map((one) => (
        <li key={one.id}>
          <Link to={`/imports/${one.id}`}>
            <b>{one.source}</b>
            <small>
              {atMinute(one.startedAt)} · {outcome(one)}
            </small>
          </Link>
        </li>
      ))}
      {!all && imports.length > few && (
        <li>
          <Button look="quiet" onClick={() => setAll(true)}>
            and {imports.length - few} more
          </Button>
        </li>
      )}
    </ul>
  );
}

/** One line of what an import did. */
function outcome({ state, report, error, done, total }: ImportView): string {
  if (state === 'failed') return `failed: ${error ?? 'no reason was kept'}`;
  if (state !== 'done') return `runs, ${done} of ${total} files`;
  if (report.waitingToArchive.length > 0)
    return `stopped and asked: ${report.waitingToArchive.length === 1 ? '1 page' : `${report.waitingToArchive.length} pages`} gone`;
  const parts = (['created', 'updated', 'merged', 'moved', 'archived'] as const)
    .filter((key) => report[key] > 0)
    .map((key) => `${report[key]} ${key}`);
  if (report.failed.length > 0) parts.push(`${report.failed.length} failed`);
  return parts.length > 0 ? parts.join(', ') : 'nothing had changed';
}
