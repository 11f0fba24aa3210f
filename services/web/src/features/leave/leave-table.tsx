import type { TimeOffView } from '@sidekick/contracts';
import { dayRangeWithYear } from '../../staffing/format.ts';
import { PersonLink } from '../../staffing/links.tsx';
import { amountText, answerWords, lengthText, mayOpen } from './leave-words.ts';
import type { Names } from './price.tsx';

interface Props {
  items: readonly TimeOffView[];
  names: Names;
  own: string | null;
  manager: boolean;
  onOpen: (id: string) => void;
  /** Asks anew after one's own leave that is decided. */
  onAgain: (id: string) => void;
}

const looks = { requested: 'tag a', approved: 'tag g', declined: 'tag' } as const;

/** Who is away when. The kind is there for the person and managers alone. */
export function LeaveTable({ items, names, own, manager, onOpen, onAgain }: Props) {
  if (items.length === 0) return <p className="mid">Nobody is away.</p>;
  return (
    <div className="scrollx">
      <table className="lst lv">
        <thead>
          <tr>
            <th>Who</th>
            <th>Days</th>
            <th title="Of the person’s pattern, holidays aside">Working time</th>
            <th>Kind</th>
            <th>State</th>
          </tr>
        </thead>
        <tbody>
          {items.map((leave) => (
            <tr key={leave.id}>
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
          ))}
        </tbody>
      </table>
    </div>
  );
}
