import './system.css';
import type { SystemView } from '@sidekick/contracts';
import { useState } from 'react';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { Button } from '../../ui/button.tsx';
import { atMinute, atSecond } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { Backup, Disks, Imports, SearchIndex, Webhooks } from './aside.tsx';
import { DeadLetterAudit } from './dead-letter-audit.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { isOneProcess, size, statusesOf } from './figures-of.ts';
import { Banner, Figures } from './headline.tsx';
import { Parts } from './parts.tsx';
import { useSystem } from './queries.ts';
import { Queues } from './queues.tsx';
import { SignIns } from './sign-ins.tsx';
import { stateText } from './state-text.ts';

/** `/system`: whether the portal is well, what is stuck, and what to do about it. */
export function SystemScreen() {
  useTitle('System');
  const system = useSystem();
  return (
    <main className="wrap sys">
      <div className="hh">
        <div>
          <h1>System</h1>
          <div className="muted">{system.data ? summary(system.data) : 'Asking every part how it is'}</div>
        </div>
        <span className="grow" />
        {system.data && <CopyState system={system.data} />}
      </div>
      {system.error && (
        <ProblemNote
          error={system.error}
          retry={() => void system.refetch()}
          what={
            system.data
              ? `Not asked since ${atSecond(system.data.at)}: the gateway does not answer`
              : 'The gateway did not say how the portal is'
          }
        />
      )}
      {system.isPending && <Lines count={8} label="Loading the state of the portal" />}
      {system.data && <Overview system={system.data} />}
    </main>
  );
}

function Overview({ system }: { system: SystemView }) {
  const { is } = useSession();
  return (
    <>
      <Banner system={system} />
      <Figures system={system} />
      <Parts system={system} />
      <div className="two sy2">
        <div>
          <Queues system={system} />
          {is('ops') ? (
            <>
              <DeadLetters system={system} />
              <DeadLetterAudit />
              <SignIns />
            </>
          ) : (
            <p className="mid later">What dead letters say, and sending them again, is for accounts with the role ops.</p>
          )}
        </div>
        <aside className="sy">
          <SearchIndex system={system} />
          <Disks system={system} />
          <Imports />
          <Webhooks system={system} />
          <Backup backup={system.backup} />
        </aside>
      </div>
    </>
  );
}

/** One line about the whole: how it runs, which release, when it was asked. */
function summary(system: SystemView): string {
  const statuses = system.parts.flatMap(statusesOf);
  const releases = [...new Set(statuses.map(({ release }) => release))].sort();
  const one = isOneProcess(system);
  return [
    one ? 'One process' : `${system.parts.reduce((sum, { replicas }) => sum + replicas.length, 0)} processes`,
    ...(releases.length > 0 ? [`release ${releases.join(' and ')}`] : []),
    ...(one && statuses[0] ? [size(statuses[0].memory)] : []),
    `${atMinute(system.at).replace(/,? \d\d:\d\d$/, '')}, ${atSecond(system.at)}, checked every 5 s`,
  ].join(' · ');
}

function CopyState({ system }: { system: SystemView }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(stateText(system)).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <Button icon="copy" onClick={() => void copy()}>
      {copied ? 'Copied' : 'Copy the state as text'}
    </Button>
  );
}
