import { weekdayOf } from '@sidekick/calendar/iso';
import { readRange } from '../../staffing/date-fields.tsx';
import { Choice, TextField } from '../../staffing/fields.tsx';
import { weekdayAndDay } from '../../staffing/format.ts';
import { exampleDay } from '../../staffing/typed-dates.ts';
import type { LeaveDraft } from './leave-draft.ts';
import { readEnd } from './repeats.ts';

interface Props {
  draft: LeaveDraft;
  set: (patch: Partial<LeaveDraft>) => void;
  today: string;
  wrong: (field: string) => string | null;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Once, or again and again: how many weeks apart, on which weekdays, until when. */
export function AgainFields({ draft, set, today, wrong }: Props) {
  const range = readRange(draft.range, today);
  const isDay = range.ok && range.from === range.to;
  const own = isDay ? String(weekdayOf(range.from)) : '';
  const on = draft.on || own;
  const end = readEnd(draft.end, range.ok ? range.from : today);
  const heard =
    end && 'until' in end
      ? `The last begins by ${weekdayAndDay(end.until)} ${end.until.slice(0, 4)}`
      : `A day, or how often: ${exampleDay()}, or 10 times`;
  return (
    <>
      <Choice
        label="How often"
        value={draft.every}
        onChange={(every) => set({ every })}
        options={[
          { value: 'once', label: 'Once' },
          { value: '1', label: 'Weekly' },
          { value: '2', label: 'Every 2nd week' },
          { value: 'n', label: 'Other' },
        ]}
      />
      {draft.every !== 'once' && (
        <>
          <div className="fd2">
            <TextField label="Until" value={draft.end} onChange={(text) => set({ end: text })} help={heard} error={wrong('end')} />
            {draft.every === 'n' && (
              <TextField
                label="Weeks from one to the next"
                type="number"
                value={draft.weeks}
                onChange={(weeks) => set({ weeks })}
                error={wrong('weeks')}
              />
            )}
          </div>
          {isDay && (
            <fieldset>
              <legend>On</legend>
              <div className="seg">
                {weekdays.map((name, index) => {
                  const day = String(index + 1);
                  const chosen = on.includes(day);
                  const next = chosen ? on.replace(day, '') : [...on, day].sort().join('');
                  return (
                    <button key={name} type="button" aria-pressed={chosen} onClick={() => set({ on: next === own ? '' : next })}>
                      {name}
                    </button>
                  );
                })}
              </div>
            </fieldset>
          )}
        </>
      )}
    </>
  );
}
