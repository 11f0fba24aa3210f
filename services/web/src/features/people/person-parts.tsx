import { ulid } from '../../app/ulid.ts';
import { DayField, dayText } from '../../staffing/date-fields.tsx';
import { hours as inHours, number } from '../../staffing/format.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field.tsx';
import { tidyNumber } from '../../ui/typed-number.ts';
import { fullWeek, type PersonDraft, type TypedPattern } from './person-draft.ts';

export interface PartProps {
  draft: PersonDraft;
  set: (patch: Partial<PersonDraft>) => void;
  wrong: (field: string, ...server: string[]) => string | null;
  today: string;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Hours of the weekdays, each list from a day on. */
export function Patterns({ draft, set, wrong, today }: PartProps) {
  const put = (key: string, patch: Partial<TypedPattern>) =>
    set({ patterns: draft.patterns.map((one) => (one.key === key ? { ...one, ...patch } : one)) });
  const total = (pattern: TypedPattern) => pattern.hours.reduce((sum, text) => sum + (Number(tidyNumber(text)) || 0), 0);
  return (
    <fieldset>
      <legend>Hours a week, the newest first</legend>
      {draft.patterns.map((pattern) => (
        <div key={pattern.key} className="pat">
          <div className="ln">
            <DayField label="Hold from" text={pattern.from} onText={(from) => put(pattern.key, { from })} today={today} />
            <span className="mid">{inHours(total(pattern))} a week</span>
            {draft.patterns.length > 1 && (
              <Button
                look="quiet"
                icon="x"
                aria-label="Remove these hours"
                onClick={() => set({ patterns: draft.patterns.filter(({ key }) => key !== pattern.key) })}
              />
            )}
          </div>
          <div className="wk">
            {weekdays.map((name, index) => (
              <label key={name}>
                {name}
                <input
                  inputMode="decimal"
                  aria-label={`Hours on ${name}`}
                  value={pattern.hours[index] ?? ''}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    put(pattern.key, { hours: pattern.hours.map((old, at) => (at === index ? value : old)) });
                  }}
                />
              </label>
            ))}
          </div>
          <FieldError error={wrong(`pattern ${pattern.key}`)} />
        </div>
      ))}
      <FieldError error={wrong('patterns')} />
      <Button
        icon="plus"
        className="add"
        onClick={() =>
          set({ patterns: [{ key: ulid(), from: dayText(today), hours: draft.patterns[0]?.hours ?? fullWeek }, ...draft.patterns] })
        }
      >
        Other hours from a day on
      </Button>
      <p className="xs">{number(draft.patterns.length)} in all: each holds until the next begins</p>
    </fieldset>
  );
}
