import type { PlanView } from '@sidekick/contracts';
import { useEffect, useState } from 'react';
import { count, percent } from '../../staffing/format.ts';
import { goalNames } from './words.ts';

/** Seconds that a running plan has been searched for, between two looks too. */
function useSeconds(told: number): number {
  const [since, setSince] = useState({ told, at: performance.now() });
  const [now, setNow] = useState(() => performance.now());
  if (since.told !== told) setSince({ told, at: performance.now() });
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return told + Math.max(0, now - since.at) / 1000;
}

/** A plan that waits or is being searched for: the best found so far, what is still possible, and the time. */
export function Running({ view: { state, ahead, progress, request } }: { view: PlanView }) {
  const seconds = Math.min(request.seconds, useSeconds(progress?.seconds ?? 0));
  if (state === 'waiting') {
    return (
      <div className="run" role="status">
        <b>{ahead === 0 ? 'Waits for its turn' : `Waits behind ${count(ahead, 'other plan')}`}</b>
        <p className="mid">One plan is searched for at a time, so that the portal stays quick. You may leave: it goes on.</p>
      </div>
    );
  }
  return (
    <div className="run">
      <div className="rnh">
        <b role="status">{progress ? `${count(progress.filled, 'project-week')} filled so far` : 'Reads the weeks'}</b>
        <span className="grow" />
        <span className="muted">
          {Math.floor(seconds)} s of {request.seconds} s
        </span>
      </div>
      <span
        className="prog w"
        role="progressbar"
        aria-label="Time used"
        aria-valuemin={0}
        aria-valuemax={request.seconds}
        aria-valuenow={Math.floor(seconds)}
      >
        <i style={{ width: `${(seconds / request.seconds) * 100}%` }} />
      </span>
      <ol className="stps">
        {goalNames.map((name, index) => {
          const level = progress?.level ?? 1;
          const is = index + 1 < level ? 'ok' : index + 1 === level ? 'on' : 'no';
          return (
            <li key={name} className={is}>
              <span className={is === 'on' ? 'dot' : 'dot o'} />
              <span>
                <b>{name.charAt(0).toUpperCase() + name.slice(1)}</b>
                <small>{is === 'ok' ? 'proven' : is === 'no' ? 'not yet' : nearWords(progress)}</small>
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function nearWords(progress: PlanView['progress']): string {
  if (!progress || progress.gap === null) return 'searched for';
  return progress.gap < 0.0005 ? 'being proven' : `at most ${percent(progress.gap)} from the best possible`;
}
