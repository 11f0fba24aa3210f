import type { TimeOffView } from '@sidekick/contracts';
import { dayRangeWithYear } from '../../staffing/format.ts';
import { PersonLink } from '../../staffing/links.tsx';
import { amountText, answerWords, lengthText, mayOpen } from './leave-words.ts';
import type { Names } from './price.tsx';

export interface RowProps {
  names: Names;
  own: string | null;
  manager: boolean;
  onOpen: (id: string) => void;
  /** Asks anew after one's own leave that is decided. */
  onAgain: (id: string) => void;
}

export const looks = { requested: 'tag a', approved: 'tag g', declined: 'tag' } as const;

/** One leave; among the rows of a set it is told apart by its days alone. */
export function LeaveRow({
  leave,
  inSet = false,
  names,
  own,
  manager,
  onOpen,
  onAgain,
}: RowProps & { leave: TimeOffView; inSet?: boolean }) {
  return (
    <tr className={inSet ? 'of-set' : undefined}>
      <td>
        <PersonLink id={leave.person} people={names.people} className="b" />
      </td>
      <td className="nw">
        {mayOpen(leave, manager, own) ? (
          <button type="button" className="lnk nl" onClick={() => onOpen(leave.id)}>
            {dayRangeWithYear(leave.from, leave.to)}
          </button>
        ) : (
          dayRangeWithYear(leave.from, leave.to)
        )}
      </td>
      <td>
        {lengthText(leave)}
        {amountText(leave) && <small>{amountText(leave)}</small>}
      </td>
      <td>{leave.private === null ? 'away' : (leave.private.kind ?? '–')}</td>
      <td>
        <span className={looks[leave.state]}>{leave.state}</span>
        {answerWords(leave) && (
          <small>
            <bdi>{answerWords(leave)}</bdi>
          </small>
        )}
        {leave.person === own && leave.state !== 'requested' && !manager && (
          <button type="button" className="lnk" onClick={() => onAgain(leave.id)}>
            Ask anew
          </button>
        )}
      </td>
    </tr>
  );
}
