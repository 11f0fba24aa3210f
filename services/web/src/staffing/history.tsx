import type { ChangeSetView } from '@sidekick/contracts';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { Button } from '../ui/button.tsx';
import { ProblemNote } from '../ui/problem.tsx';
import { Lines } from '../ui/skeleton.tsx';
import { ChangeRow } from './change-row.tsx';
import { count } from './format.ts';
import type { Known } from './links.tsx';
import { useChangesAbout } from './queries.ts';
import { Section } from './record-page.tsx';

/** Shown at once; the rest comes when it is asked for. */
const few = 8;

interface Props {
  /** Of which person or project. */
  about: string;
  /** What it is, where it can be filtered on the screen of the history. */
  of?: 'person' | 'project';
  names: Known;
  canEdit: boolean;
}

/** Every change set that touched the record or one that names it, newest first. */
export function History({ about, of, names, canEdit }: Props) {
  const { sets, more, older, isLoading, error, retry } = useChangesAbout(about);
  const [all, setAll] = useState(false);
  const shown = all ? sets : sets.slice(0, few);
  const rest = sets.length - shown.length;
  return (
    <Section
      id="history"
      title="History"
      action={
        of && (
          <Link className="link" to={`/staffing/history?${of}=${about}`}>
            Filter, export
          </Link>
        )
      }
    >
      {error && <ProblemNote error={error} retry={retry} what="The history did not load" />}
      {isLoading && <Lines count={4} />}
      {!isLoading && !error && sets.length === 0 && <p className="mid">Nothing was changed yet.</p>}
      <Changes sets={shown} names={names} canEdit={canEdit} />
      {(rest > 0 || (all && more)) && (
        <p className="acts">
          {rest > 0 ? (
            <Button onClick={() => setAll(true)}>{more ? 'Show more' : `Show ${count(rest, 'more change', 'more changes')}`}</Button>
          ) : (
            <Button onClick={older}>Show older changes</Button>
          )}
        </p>
      )}
    </Section>
  );
}

export const Changes = ({ sets, names, canEdit }: { sets: readonly ChangeSetView[]; names: Known; canEdit: boolean }) => (
  <ul className="hist">
    {sets.map((set) => (
      <ChangeRow key={set.number} set={set} canEdit={canEdit} names={names} />
    ))}
  </ul>
);
