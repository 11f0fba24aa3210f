import type { HolidayView } from '@sidekick/contracts';
import { useState } from 'react';
import { ulid } from '../../app/ulid.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { DayField, dayText, readDay } from '../staffing/date-fields.tsx';
import { Choice, SelectField, TextField } from '../staffing/fields.tsx';
import { weekdayAndDay } from '../staffing/format.ts';
import { fieldError, useGuardedSave } from '../staffing/guarded-save.ts';
import { HolidayFill } from '../staffing/holiday-fill.tsx';
import { useHolidays, usePeople } from '../staffing/queries.ts';
import { commandFor } from '../staffing/record-form.tsx';

/** Holidays of a region and year: published calendars are wrong now and then, so every day can be changed. */
export function HolidaysSheet({ today, canEdit, onClose }: { today: string; canEdit: boolean; onClose: () => void }) {
  const holidays = useHolidays();
  const people = usePeople();
  const known = [...new Set([...(people.data ?? []).map(({ region }) => region), ...(holidays.data ?? []).map(({ region }) => region)])]
    .filter((one) => one !== null)
    .sort();
  const [chosen, setChosen] = useState<string | null>(null);
  const [year, setYear] = useState(today.slice(0, 4));
  const [editing, setEditing] = useState<HolidayView | 'new' | null>(null);
  const region = chosen ?? known[0] ?? '';
  const days = (holidays.data ?? [])
    .filter((one) => one.region === region && one.date.startsWith(year))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  const years = [-1, 0, 1, 2].map((step) => String(Number(today.slice(0, 4)) + step));
  return (
    <Sheet title="Holidays" onClose={onClose}>
      <div className="fm">
        <div className="fd2">
          <SelectField
            label="Region"
            value={region}
            onChange={setChosen}
            options={known.map((one) => ({ value: one, label: one }))}
            help="Set with each person"
          />
          <SelectField label="Year" value={year} onChange={setYear} options={years.map((one) => ({ value: one, label: one }))} />
        </div>
      </div>
      {holidays.error && <ProblemNote error={holidays.error} retry={() => void holidays.refetch()} />}
      {region === '' && holidays.data && (
        <p className="mid">No person has a region yet. Set one with a person, and its holidays can be filled in here.</p>
      )}
      {region !== '' && <HolidayFill region={region} year={Number(year)} holidays={holidays.data ?? []} canEdit={canEdit} />}
      <ul className="hist">
        {days.map((day) =>
          editing !== 'new' && editing?.id === day.id ? (
            <HolidayForm key={day.id} holiday={day} region={region} today={today} onClose={() => setEditing(null)} />
          ) : (
            <li key={day.id}>
              <span>
                <b>{weekdayAndDay(day.date)}</b> {day.name}
                {day.portion < 1 && <small>{day.portion === 0.5 ? 'half the day' : `${Math.round(day.portion * 100)} % of the day`}</small>}
              </span>
              {canEdit && <Button look="quiet" icon="edit" aria-label={`Change ${day.name}`} onClick={() => setEditing(day)} />}
            </li>
          ),
        )}
        {editing === 'new' && <HolidayForm holiday={null} region={region} today={today} onClose={() => setEditing(null)} />}
      </ul>
      {canEdit && region !== '' && editing === null && (
        <p className="acts">
          <Button icon="plus" onClick={() => setEditing('new')}>
            Add a holiday
          </Button>
        </p>
      )}
      <span className="gap" />
    </Sheet>
  );
}

function HolidayForm({
  holiday,
  region,
  today,
  onClose,
}: {
  holiday: HolidayView | null;
  region: string;
  today: string;
  onClose: () => void;
}) {
  const [date, setDate] = useState(dayText(holiday?.date ?? null));
  const [name, setName] = useState(holiday?.name ?? '');
  const [portion, setPortion] = useState<'1' | '0.5'>(holiday?.portion === 0.5 ? '0.5' : '1');
  const [tried, setTried] = useState(false);
  const [id] = useState(() => holiday?.id ?? ulid());
  const guarded = useGuardedSave();
  const day = readDay(date, today);
  const save = async () => {
    setTried(true);
    if (!day || name.trim() === '') return;
    const kept = holiday && holiday.portion !== 1 && holiday.portion !== 0.5 && portion === '1' ? holiday.portion : Number(portion);
    const command = commandFor('holiday', id, { region, date: day, name: name.trim(), portion: kept }, holiday);
    if (!command) return onClose();
    if (await guarded.run({ commands: [command], said: `${name.trim()} on ${weekdayAndDay(day)} in ${region}` })) onClose();
  };
  const remove = async () => {
    if (!holiday) return;
    const commands = [{ do: 'delete' as const, kind: 'holiday' as const, id: holiday.id, version: holiday.version }];
    if (await guarded.run({ commands, said: `${holiday.name} on ${weekdayAndDay(holiday.date)} is no holiday in ${region}` })) onClose();
  };
  return (
    <li className="hform">
      <form
        className="fm"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className="fd2">
          <DayField
            label="Day"
            text={date}
            onText={setDate}
            today={today}
            error={(tried && !day ? 'Say which day' : null) ?? fieldError(guarded.error, 'date')}
          />
          <TextField
            label="Name"
            value={name}
            onChange={setName}
            error={(tried && name.trim() === '' ? 'Give it a name' : null) ?? fieldError(guarded.error, 'name')}
          />
        </div>
        <Choice
          label="Off is"
          value={portion}
          onChange={setPortion}
          options={[
            { value: '1', label: 'the whole day' },
            { value: '0.5', label: 'half the day' },
          ]}
        />
        {guarded.stale && <p className="warn">Somebody changed this meanwhile. Saving again writes it over the newest state.</p>}
        {guarded.error && <ProblemNote error={guarded.error} what="This was not saved" />}
        <div className="acts">
          <Button type="submit" busy={guarded.busy}>
            Save
          </Button>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          {holiday && (
            <Button look="quiet" icon="trash" onClick={() => void remove()}>
              Remove
            </Button>
          )}
        </div>
      </form>
    </li>
  );
}
