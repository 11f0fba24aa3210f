import type { LaterChange } from '@sidekick/contracts';
import { count } from '../../staffing/format.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';

interface Props {
  changedBy: readonly LaterChange[];
  /** Numbers of all of them. */
  changed: readonly number[];
  onAgain: () => void;
}

/** What these choices rest on is not what it was: what changed, and the way on. */
export function MovedNote({ changedBy, changed, onAgain }: Props) {
  return (
    <div className="conf" role="alert">
      <Icon name="warn" />
      <span>
        <b>{count(changed.length, 'change')} since this plan was made</b> to its people and projects:
        <ul className="rules">
          {changedBy.map(({ number, by, summary }) => (
            <li key={number}>
              {summary} <small className="muted">by {by.name}</small>
            </li>
          ))}
          {changed.length > changedBy.length && <li>and {changed.length - changedBy.length} more before these</li>}
        </ul>
      </span>
      <Button icon="replay" onClick={onAgain}>
        Plan again
      </Button>
    </div>
  );
}
