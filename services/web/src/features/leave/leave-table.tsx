import type { TimeOffView } from '@sidekick/contracts';
import { LeaveRow, type RowProps } from './leave-row.tsx';
import { setsOf } from './leave-sets.ts';
import { SetRows } from './set-rows.tsx';

interface Props extends RowProps {
  items: readonly TimeOffView[];
}

/** Who is away when. The kind is there for the person and managers alone. */
export function LeaveTable({ items, ...rest }: Props) {
  if (items.length === 0) return <p className="mid">Nobody is away.</p>;
  return (
    <div className="scrollx">
      <table className="lst lvt stack">
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
          {setsOf(items).map((set) =>
            set.length > 1 ? (
              <SetRows key={`${set[0].set} ${set[0].state}`} {...rest} set={set} />
            ) : (
              <LeaveRow key={set[0].id} {...rest} leave={set[0]} />
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}
