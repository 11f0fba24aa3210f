import '@mantine/dates/styles.css';
import { DatePicker } from '@mantine/dates';
import { writing } from '../ui/writing.ts';

/** Escape in a calendar closes the calendar, not the form below it. */
const ownEscape = { __stopPropagation: true } as const;
const weekStarts = { sunday: 0, monday: 1, saturday: 6 } as const;
const firstDayOfWeek = () => weekStarts[writing().firstDay];

/** A calendar for one day. */
export function DayPicker({ near, value, onPick }: { near: string; value: string | null; onPick: (day: string | null) => void }) {
  return <DatePicker {...ownEscape} firstDayOfWeek={firstDayOfWeek()} defaultDate={value ?? near} defaultValue={value} onChange={onPick} />;
}

/** A calendar for a range: two clicks, the same day twice for one day. */
export function RangePicker(props: {
  near: string;
  value: { from: string; to: string | null } | null;
  onPick: (from: string, to: string) => void;
}) {
  const { near, value, onPick } = props;
  return (
    <DatePicker
      {...ownEscape}
      firstDayOfWeek={firstDayOfWeek()}
      type="range"
      allowSingleDateInRange
      defaultDate={value?.from ?? near}
      defaultValue={value ? [value.from, value.to ?? value.from] : [null, null]}
      onChange={([from, to]) => {
        if (from && to) onPick(from, to);
      }}
    />
  );
}
