import { everyRegion, type HolidayView, regionsOf } from '@sidekick/contracts';
import { useState } from 'react';
import { useKeptSubjects } from '../../app/unsaved.ts';
import { SelectField } from '../../staffing/fields.tsx';
import { weekdayAndDay } from '../../staffing/format.ts';
import { HolidayFill } from '../../staffing/holiday-fill.tsx';
import { useHolidays, usePeople } from '../../staffing/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { HolidayCompare } from './holiday-compare.tsx';
import { HolidayForm, holidaySubject } from './holiday-form.tsx';

interface Props {
  today: string;
  /** The region that a link names; null for the first. */
  asked: string | null;
  canEdit: boolean;
  onClose: () => void;
}

/** Holidays of a region and year: published calendars are wrong now and then, so every day can be changed. */
export function HolidaysSheet({ today, asked, canEdit, onClose }: Props) {
  const holidays = useHolidays();
  const people = usePeople();
  const named = [...(people.data ?? []).flatMap(regionsOf), ...(holidays.data ?? [])].map(({ region }) => region);
  const regions = [...new Set(named)].filter((one) => one !== null && one !== everyRegion).sort() as string[];
  const known = [...regions, everyRegion];
  const [chosen, setChosen] = useState<string | null>(null);
  const [year, setYear] = useState(today.slice(0, 4));
  const [editing, setEditing] = useState<string | null>(null);
  const region = chosen ?? known.find((one) => one === asked) ?? known[0] ?? everyRegion;
  const inYear = (holidays.data ?? []).filter(({ date }) => date.startsWith(year));
  const listed = inYear.filter((one) => one.region === region || one.region === everyRegion);
  const isFilled = inYear.some((one) => one.region === region);
  const [held, setHeld] = useState<HolidayView | null>(null);
  const live = holidays.data?.find(({ id }) => id === editing);
  if (live && live !== held) setHeld(live);
  // The form stays while another year or region is looked at, and when somebody else moves or removes its day, which it says.
  const edited = live ?? (held?.id === editing ? held : null);
  const days = [...listed.filter(({ id }) => id !== editing), ...(edited ? [edited] : [])].sort((a, b) => (a.date < b.date ? -1 : 1));
  const { isUnsaved, unsavedDays, gone } = useUnsavedHolidays(holidays.data, editing && holidaySubject(editing, region));
  const marked = (text: string, unsaved: boolean, value = text) => ({ value, label: unsaved ? `${text} · unsaved` : text });
  const years = [-1, 0, 1, 2].map((step) => String(Number(today.slice(0, 4)) + step));
  return (
    <Sheet title="Holidays" onClose={onClose}>
      <div className="fm">
        <div className="fd2">
          <SelectField
            label="Region"
            value={region}
            onChange={setChosen}
            options={known.map((one) => marked(titleOf(one), isUnsaved('new', one) || unsavedDays.some((day) => day.region === one), one))}
            help={region === everyRegion ? 'Company days' : 'Set with each person'}
          />
          <SelectField
            label="Year"
            value={year}
            onChange={setYear}
            options={years.map((one) =>
              marked(
                one,
                unsavedDays.some((day) => day.region === region && day.date.startsWith(one)),
              ),
            )}
          />
        </div>
      </div>
      {holidays.error && <ProblemNote error={holidays.error} retry={() => void holidays.refetch()} />}
      {regions.length === 0 && holidays.data && (
        <p className="mid">No person has a region yet. Set one with a person, and its holidays can be filled in here.</p>
      )}
      {region === everyRegion ? (
        <p className="mid">Days off for everybody, whatever their region. A holiday on the same day counts once.</p>
      ) : (
        <HolidayFill region={region} year={Number(year)} holidays={holidays.data ?? []} canEdit={canEdit && !isFilled} />
      )}
      {canEdit && isFilled && region !== everyRegion && (
        <HolidayCompare key={`${region} ${year}`} region={region} year={Number(year)} holidays={holidays.data ?? []} />
      )}
      <ul className="hist">
        {days.map((day) =>
          editing === day.id ? (
            <HolidayForm
              key={day.id}
              id={day.id}
              holiday={live ?? null}
              region={day.region}
              today={today}
              onClose={() => setEditing(null)}
            />
          ) : (
            <li key={day.id}>
              <span>
                <b>{weekdayAndDay(day.date)}</b> {day.name} {isUnsaved(day.id, region) && <Unsaved />}
                {day.region === everyRegion && region !== everyRegion && <small>every region</small>}
                {day.portion < 1 && <small>{day.portion === 0.5 ? 'half the day' : `${Math.round(day.portion * 100)} % of the day`}</small>}
              </span>
              {canEdit && <Button look="quiet" icon="edit" aria-label={`Change ${day.name}`} onClick={() => setEditing(day.id)} />}
            </li>
          ),
        )}
        {gone
          .filter((id) => id !== edited?.id)
          .map((id) =>
            editing === id ? (
              <HolidayForm key={id} id={id} holiday={null} region={region} today={today} onClose={() => setEditing(null)} />
            ) : (
              <li key={id}>
                <span>
                  A holiday that somebody removed <Unsaved />
                </span>
                <Button onClick={() => setEditing(id)}>Show what you typed</Button>
              </li>
            ),
          )}
        {editing === 'new' && (
          <HolidayForm key={`new ${region}`} id="new" holiday={null} region={region} today={today} onClose={() => setEditing(null)} />
        )}
      </ul>
      {canEdit && editing === null && (
        <p className="acts">
          <Button icon="plus" onClick={() => setEditing('new')}>
            {region === everyRegion ? 'Add a company day' : 'Add a holiday'}
          </Button>
          {isUnsaved('new', region) && <Unsaved />}
        </p>
      )}
      <span className="gap" />
    </Sheet>
  );
}

const titleOf = (region: string): string => (region === everyRegion ? 'Every region' : region);

const Unsaved = () => <span className="tag w">Unsaved</span>;

/** Of which days something unsaved is kept that its form would show; not of `open`, the subject of the form that is open now. */
function useUnsavedHolidays(all: readonly HolidayView[] | undefined, open: string | null) {
  const kept = useKeptSubjects('holiday:');
  const isUnsaved = (id: string, region: string) => {
    const subject = holidaySubject(id, region);
    return subject !== open && kept.has(subject);
  };
  const days = all ?? [];
  const known = new Set(days.map(({ id, region }) => holidaySubject(id, region)));
  const others = all ? [...kept].filter((subject) => !known.has(subject) && !subject.startsWith(holidaySubject('new', ''))) : [];
  return {
    isUnsaved,
    unsavedDays: days.filter(({ id, region }) => isUnsaved(id, region)),
    /** Ids of those that somebody else has removed meanwhile. */
    gone: others.map((subject) => subject.slice('holiday:'.length)),
  };
}
