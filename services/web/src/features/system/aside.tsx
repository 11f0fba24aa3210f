import type { ImportView, SystemView } from '@sidekick/contracts';
import { Fragment } from 'react';
import { Link } from 'react-router-dom';
import { CopyLine } from '../../ui/copy-line.tsx';
import { Icon } from '../../ui/icons.tsx';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { numberWords } from '../../ui/writing.ts';
import { Earlier } from '../imports/index.ts';
import { alarms, figuresOf, isLow, size, span } from './figures-of.ts';
import { useLatestImports } from './queries.ts';

/** Search index of each replica: how much, how fresh, what it is at. */
export function SearchIndex({ system }: { system: SystemView }) {
  const part = system.parts.find(({ name }) => name === 'search');
  const replicas = (part?.replicas ?? []).flatMap(({ address, status }) => (status?.index ? [{ address, index: status.index }] : []));
  return (
    <section>
      <h2>Search index</h2>
      {replicas.length === 0 && <p className="mid">search does not say how its index is.</p>}
      {replicas.map(({ address, index }) => (
        <dl key={address}>
          {replicas.length > 1 && <dt>Replica</dt>}
          {replicas.length > 1 && <dd className="mono">{address}</dd>}
          <dt>Holds</dt>
          <dd>{numberWords(index.documents)} documents</dd>
          <dt>Behind</dt>
          <dd className={index.behind > alarms.behind ? 'warn' : undefined}>{index.behind === 0 ? 'nothing waits' : span(index.behind)}</dd>
          {index.newestEventAt && <dt>Newest</dt>}
          {index.newestEventAt && <dd>{atMinute(index.newestEventAt)}</dd>}
          <dt>Rebuilt</dt>
          <dd>{index.builtAt ? atMinute(index.builtAt) : 'not yet'}</dd>
          {index.rebuilding && <dt>Now</dt>}
          {index.rebuilding && <dd>builds a new one, {numberWords(index.rebuilding.done)} states read; the old one answers</dd>}
          {index.failure && <dt>Failed</dt>}
          {index.failure && <dd className="warn">{index.failure}; it is tried again by itself</dd>}
        </dl>
      ))}
    </section>
  );
}

/** Room on the disks that parts write to; that of a store's server is told by its server alone. */
export function Disks({ system }: { system: SystemView }) {
  const { disks } = figuresOf(system);
  if (disks.length === 0) return null;
  return (
    <section>
      <h2>Disks</h2>
      <dl>
        {disks.map((disk) => (
          <Fragment key={disk.name}>
            <dt>{disk.name}</dt>
            <dd className={isLow(disk) ? 'warn' : undefined}>
              {size(disk.free)} free of {size(disk.size)}
            </dd>
          </Fragment>
        ))}
      </dl>
      <p className="xs">alarm below 10 %</p>
    </section>
  );
}

/** Where events are sent to, and whether it works. */
export function Webhooks({ system }: { system: SystemView }) {
  const { on, failing, stopped } = figuresOf(system).webhooks;
  const none = on + failing + stopped === 0;
  return (
    <section>
      <h2>Webhooks</h2>
      {none ? (
        <p className="mid">No program is told of what changes.</p>
      ) : (
        <dl>
          <dt>Work</dt>
          <dd>{on}</dd>
          {failing > 0 && <dt>Fail</dt>}
          {failing > 0 && <dd className="warn">{failing}; tried again by itself</dd>}
          {stopped > 0 && <dt>Stopped by failing</dt>}
          {stopped > 0 && <dd className="warn">{stopped}; somebody has to start them again</dd>}
        </dl>
      )}
      <Link className="link" to="/webhooks">
        {none ? 'Make a webhook' : 'See the webhooks'}
      </Link>
    </section>
  );
}

const runs = ({ state }: ImportView) => state === 'running' || state === 'waiting';

export function Imports() {
  const imports = useLatestImports();
  const items = imports.data?.items ?? [];
  return (
    <section>
      <h2>Imports</h2>
      {imports.error && <ProblemNote error={imports.error} retry={() => void imports.refetch()} what="Imports did not load" />}
      {imports.isPending && <Lines count={3} label="Loading imports" />}
      {items.filter(runs).map(({ id, source, state, done, total, by }) => (
        <div className="im" key={id}>
          <b>{source}</b> <span className="muted">{state === 'running' ? 'runs' : 'waits for its turn'}</span>
          <span
            className="prog w"
            role="progressbar"
            aria-label={`Files of ${source}`}
            aria-valuemin={0}
            aria-valuemax={total}
            aria-valuenow={done}
          >
            <i style={{ width: `${total > 0 ? (done / total) * 100 : 0}%` }} />
          </span>
          <div className="xs">
            {done} of {total} files, by {by} ·{' '}
            <Link className="link" to={`/imports/${id}`}>
              Show
            </Link>
          </div>
        </div>
      ))}
      {imports.data && items.length === 0 && (
        <p className="mid">
          None yet.{' '}
          <Link className="link" to="/imports">
            Import a handbook
          </Link>
        </p>
      )}
      {items.length > 0 && <Earlier imports={items.filter((one) => !runs(one))} />}
    </section>
  );
}

export function Backup({ backup }: { backup: SystemView['backup'] }) {
  return (
    <section>
      <h2>Backup</h2>
      {backup ? (
        <dl>
          <dt>Last</dt>
          <dd>
            <span className="good">
              <Icon name="check" /> {atMinute(backup.at)}
            </span>
            <br />
            {size(backup.bytes)} in {span(backup.seconds)}, read back
          </dd>
          <dt>Holds</dt>
          <dd>
            {numberWords(backup.documents)} documents, {numberWords(backup.entries)} change sets, {numberWords(backup.blobs)} files
          </dd>
          <dt>File</dt>
          <dd className="mono">{backup.file}</dd>
        </dl>
      ) : (
        <p className="mid">None was made yet. One file holds everything; make one every night, and keep it on another machine.</p>
      )}
      <CopyLine label="Command that makes a backup" value="npm run backup -- FILE" />
      <p className="xs">
        To restore: stop the portal, then <span className="mono">npm run restore -- FILE</span>
      </p>
    </section>
  );
}
