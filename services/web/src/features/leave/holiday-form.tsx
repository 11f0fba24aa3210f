import type { HolidayView } from '@sidekick/contracts';
import { useEffect, useRef } from 'react';
import { ulid } from '../../app/ulid.ts';
import { DayField, dayText, readDay } from '../../staffing/date-fields.tsx';
import { regionWords } from '../../staffing/days-off.ts';
import { Choice, TextField } from '../../staffing/fields.tsx';
import type { FormRead, Typed } from '../../staffing/form-types.ts';
import { KeptNote, removeLabel, useAskedInView, Verdict } from '../../staffing/record-form.tsx';
import { fieldOf } from '../../staffing/three-way.ts';
import { useRecordForm } from '../../staffing/use-record-form.ts';
import { Button } from '../../ui/button.tsx';

interface HolidayDraft extends Typed {
  date: string;
  name: string;
  portion: '1' | '0.5';
}

const fields = [
  fieldOf<HolidayDraft, 'date'>('date', 'Day', ['date']),
  fieldOf<HolidayDraft, 'name'>('name', 'Name', ['name']),
  fieldOf<HolidayDraft, 'portion'>('portion', 'Off is', ['portion'], (value) => (value === '1' ? 'the whole day' : 'half the day')),
];

const draftOf = (holiday: HolidayView | null): HolidayDraft => ({
  id: holiday?.id ?? ulid(),
  reason: '',
  date: dayText(holiday?.date ?? null),
  name: holiday?.name ?? '',
  portion: holiday?.portion === 0.5 ? '0.5' : '1',
});

function readOf({ date, name, portion }: HolidayDraft, region: string, today: string): FormRead<'holiday'> {
  const errors = new Map<string, string>();
  const day = readDay(date, today);
  if (!day) errors.set('date', 'Say which day');
  if (name.trim() === '') errors.set('name', 'Give it a name');
  return { body: !day || errors.size > 0 ? null : { region, date: day, name: name.trim(), portion: Number(portion) }, errors };
}

interface Props {
  id: string;
  holiday: HolidayView | null;
  region: string;
  today: string;
  onClose: () => void;
}

/** Under what the form keeps what is typed. */
export const holidaySubject = (id: string, region: string): string => (id === 'new' ? `holiday:new ${region}` : `holiday:${id}`);

/** One holiday of a region, among the others. */
export function HolidayForm({ id, holiday, region, today, onClose }: Props) {
  const form = useRecordForm<HolidayView, HolidayDraft>({
    kind: 'holiday',
    subject: holidaySubject(id, region),
    isNew: id === 'new',
    record: holiday,
    fields,
    draft: draftOf,
    read: (typed) => readOf(typed, region, today),
    said: ({ name, date }) => `${name.trim()} on ${date} in ${regionWords(region)}`,
    onClose,
  });
  const { typed, shown, set, wrong, guarded, frame, submit, remove } = form;
  const element = useRef<HTMLFormElement>(null);
  useAskedInView(element, frame);
  // It opens among the others, or below all of them.
  useEffect(() => {
    element.current?.scrollIntoView?.({ block: 'nearest' });
    element.current?.querySelector('input')?.focus({ preventScroll: true });
  }, []);
  return (
    <li className="hform">
      <form
        ref={element}
        className="fm"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <KeptNote kept={frame.kept} />
        <div className="fd2">
          <DayField label="Day" text={typed.date} onText={(date) => set({ date })} today={today} error={wrong('date')} />
          <TextField label="Name" value={typed.name} onChange={(name) => set({ name })} error={wrong('name')} />
        </div>
        <Choice
          label="Off is"
          value={typed.portion}
          onChange={(portion) => set({ portion })}
          options={[
            { value: '1', label: 'the whole day' },
            { value: '0.5', label: 'half the day' },
          ]}
        />
        <Verdict frame={frame} />
        <div className="acts">
          {!frame.gone && (
            <Button type="submit" busy={guarded.busy}>
              Save
            </Button>
          )}
          <Button look="quiet" onClick={frame.cancel}>
            Cancel
          </Button>
          {id !== 'new' && !frame.gone && (
            <Button
              look="quiet"
              icon="trash"
              busy={guarded.busy}
              onClick={() => void remove(`${shown.name} on ${shown.date} is no holiday in ${regionWords(region)}`)}
            >
              {removeLabel(frame)}
            </Button>
          )}
        </div>
      </form>
    </li>
  );
}
