import { dayRangeWithYear, longDay } from '../../staffing/format.ts';

interface Props {
  title: string;
  from: string;
  to: string;
  today: string;
  /** What the rows are narrowed to; null for all of them. */
  filter: string | null;
}

/** On paper alone: what the sheet shows, of which weeks, and the day it was printed. */
export function PaperHead({ title, from, to, today, filter }: Props) {
  return (
    <div className="paper">
      <div>
        <p className="b">{title}</p>
        <p>
          {dayRangeWithYear(from, to)}
          {filter && ` · ${filter}`}
        </p>
      </div>
      <p>Printed {longDay(today)}</p>
    </div>
  );
}
