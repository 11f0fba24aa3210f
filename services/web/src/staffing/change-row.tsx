import type { ChangeSetView } from '@sidekick/contracts';
import { Fragment, useState } from 'react';
import { Link } from 'react-router-dom';
import { Button } from '../ui/button.tsx';
import { atMinute } from '../ui/instants.ts';
import { type InTheWay, useUndo } from './changes.ts';
import { count } from './format.ts';
import { idsIn, type Known, LinkedText, subjectsOf } from './links.tsx';
import { ruleWords } from './rule-words.ts';

/** Why a change set was made, as far as the reader may know; null where nothing was said and no rule stood in the way. */
export function reasonOf({ reason, accepted }: Pick<ChangeSetView, 'reason' | 'accepted'>): string | null {
  if (accepted.length > 0) return `Although ${ruleWords(accepted)}`;
  return reason === null ? null : 'Why';
}

/** Where one change set stands by itself. */
const changePath = (number: number): string => `/staffing/history?change=${number}`;

const ChangeLink = ({ number }: { number: number }) => (
  <Link className="link" to={changePath(number)}>
    change {number}
  </Link>
);

/** What came over a change set that cannot be taken back for that, the newest first: in that order they can be. */
function LaterChanges({ later, all }: InTheWay) {
  return (
    <div className="conf later" role="alert">
      <div>
        <b>Not undone: {count(all, 'later change depends', 'later changes depend')} on it</b>
        <ul className="rules">
          {[...later].reverse().map(({ number, at, by, summary }) => (
            <li key={number}>
              <ChangeLink number={number} />: <bdi>{summary}</bdi>
              <small>
                <bdi>{by.name}</bdi>, {atMinute(at)}
              </small>
            </li>
          ))}
        </ul>
        {all > later.length && <small>And {count(all - later.length, 'older one', 'older ones')}.</small>}
        <small>Undo these first, from the top down.</small>
      </div>
    </div>
  );
}

/** Change sets named in a row; there may be thousands. */
const mostNamed = 3;

/** In the place of Undo: the newest of the change sets that stand in its way, each a link. */
function Overtaken({ why, changedBy }: NonNullable<ChangeSetView['undo']>) {
  const named = changedBy.slice(-mostNamed).reverse();
  return (
    <small title={why ?? undefined}>
      overtaken
      {named.map((number, index) => (
        <Fragment key={number}>
          {index === 0 ? ' by ' : ', '}
          <ChangeLink number={number} />
        </Fragment>
      ))}
      {changedBy.length > mostNamed && ` and ${count(changedBy.length - mostNamed, 'more', 'more')}`}
    </small>
  );
}

/** One change set: what was done, why, by whom and when, with Undo for those who may. */
export function ChangeRow({ set, canEdit, names }: { set: ChangeSetView; canEdit: boolean; names: Known | undefined }) {
  const [inTheWay, setInTheWay] = useState<InTheWay | null>(null);
  const undo = useUndo(setInTheWay);
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setInTheWay(null);
    await undo(set.number, set.summary);
    setBusy(false);
  };
  const why = reasonOf(set);
  return (
    <li>
      <div>
        <span className={set.undoneBy === null ? undefined : 'un'}>
          {names ? <LinkedText text={set.summary} subjects={subjectsOf(idsIn(set), names)} /> : set.summary}
        </span>
        {why !== null && (
          <small>
            {why}
            {set.reason && (
              <>
                : <bdi>{set.reason}</bdi>
              </>
            )}
          </small>
        )}
        <small>
          {set.by.name}, {atMinute(set.at)}
          {set.undoneBy !== null && (
            <>
              {' '}
              · undone by <ChangeLink number={set.undoneBy} />
            </>
          )}
          {set.undoes !== null && (
            <>
              {' '}
              · undoes <ChangeLink number={set.undoes} />
            </>
          )}
        </small>
      </div>
      {canEdit && set.undoneBy === null && set.undo?.possible === false && <Overtaken {...set.undo} />}
      {canEdit && set.undoneBy === null && set.undo?.possible !== false && (
        <Button look="quiet" icon="undo" busy={busy} onClick={() => void run()} aria-label={`Undo: ${set.summary}`}>
          Undo
        </Button>
      )}
      {inTheWay && <LaterChanges {...inTheWay} />}
    </li>
  );
}
