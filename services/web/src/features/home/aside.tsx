import { addDays, mondayOf, sundayOf, weekOf } from '@sidekick/calendar/iso';
import type { AssignmentView, HolidayView, TimelineAnswer } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { hasHoliday, regionWords } from '../../staffing/days-off.ts';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { count, hours, shortWeekday } from '../../staffing/format.ts';
import { idsIn, LinkedText, subjectsOf } from '../../staffing/links.tsx';
import { grouped } from '../../staffing/lists.ts';
import { isolated, nameOf } from '../../staffing/people-names.ts';
import { useChanges } from '../../staffing/queries.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import type { Records } from '../timeline/index.ts';

/** The newest changes. */
export function Latest({ records, onAll }: { records: Records; onAll: () => void }) {
  const changes = useChanges(6);
  const items = changes.data?.items ?? [];
  return (
    <section>
      <div className="sec">
        <h2>Latest changes</h2>
      </div>
      {changes.data && items.length === 0 && <p className="mid">Nothing was changed yet.</p>}
      <ul className="feed">
        {items.map((set) => (
          <li key={set.number}>
            <time dateTime={set.at}>{shortWeekday(set.at.slice(0, 10))}</time>
            <span>
              <LinkedText text={set.summary} subjects={subjectsOf(idsIn(set), records)} /> <span className="muted">{set.by.name}</span>
            </span>
          </li>
        ))}
      </ul>
      {items.length > 0 && (
        <p className="acts">
          <Button look="quiet" icon="clock" onClick={onAll}>
            All changes
          </Button>
        </p>
      )}
    </section>
  );
}

interface WeekItem {
  day: string;
  key: string;
  text: string;
  /** Whom and what it names. */
  about: readonly string[];
}

/** The same work from the day after on, with other hours. */
const isNext = (one: AssignmentView, other: AssignmentView): boolean =>
  one.person === other.person &&
  one.project === other.project &&
  one.role === other.role &&
  one.to !== null &&
  addDays(one.to, 1) === other.from;

/** What this week holds: holidays with how many they touch, assignments that begin or end, leave that begins. */
function weekItems(records: Records, holidays: readonly HolidayView[], today: string): WeekItem[] {
  const [from, to] = [mondayOf(today), sundayOf(today)];
  const inside = (day: string | null): day is string => day !== null && day >= from && day <= to;
  const people = [...records.people.values()];
  const items: WeekItem[] = [];
  for (const [key, list] of grouped(
    holidays.filter(({ date }) => inside(date)),
    ({ date, region }) => `${date} ${region}`,
  )) {
    const [first] = list;
    const touched = first ? people.filter((person) => hasHoliday(person, first)).length : 0;
    if (first && touched > 0)
      items.push({
        day: first.date,
        key,
        text: `${first.name} in ${regionWords(first.region)}: ${touched} of ${count(people.length, 'person', 'people')}`,
        about: [],
      });
  }
  for (const one of records.assignments) {
    const who = isolated(nameOf(one.person, records.people, 'Somebody'));
    const about = [one.person, one.project];
    const what = `${one.role} on ${records.projects.get(one.project)?.name ?? 'a project'}`;
    if (!inside(one.from) && !inside(one.to)) continue;
    const goesOn = records.assignments.some((other) => isNext(one, other));
    const wentOn = records.assignments.some((other) => isNext(other, one));
    if (inside(one.from) && !wentOn) items.push({ day: one.from, key: `${one.id} from`, text: `${who} begins as ${what}`, about });
    if (inside(one.to) && !goesOn) items.push({ day: one.to, key: `${one.id} to`, text: `${who} ends as ${what}`, about });
  }
  for (const one of records.timeOff) {
    if (one.state !== 'approved' || !inside(one.from)) continue;
    items.push({
      day: one.from,
      key: one.id,
      text: `${isolated(nameOf(one.person, records.people, 'Somebody'))} is away`,
      about: [one.person],
    });
  }
  return items.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.text.localeCompare(b.text)));
}

export function ThisWeek({ records, holidays, today }: { records: Records; holidays: readonly HolidayView[]; today: string }) {
  const items = weekItems(records, holidays, today);
  return (
    <section>
      <div className="sec">
        <h2>This week</h2>
      </div>
      {items.length === 0 && <p className="mid">No holiday, nobody begins, ends or goes away.</p>}
      <ul className="feed">
        {items.map(({ key, day, text, about }) => (
          <li key={key}>
            <time dateTime={day}>{shortWeekday(day)}</time>
            <span>
              <LinkedText text={text} subjects={subjectsOf(about, records)} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who has most hours left this week. */
export function MostFree({ timeline, records, today }: { timeline: TimelineAnswer; records: Records; today: string }) {
  const now = timeline.weeks.indexOf(weekOf(today));
  const free = timeline.people
    .flatMap((figure) => {
      const person = records.people.get(figure.id);
      const left = figure.remaining[now] ?? 0;
      return person && left > 0 ? [{ person, left }] : [];
    })
    .sort((a, b) => b.left - a.left || a.person.private.name.localeCompare(b.person.private.name))
    .slice(0, 3);
  if (free.length === 0) return null;
  return (
    <section>
      <div className="sec">
        <h2>Most free this week</h2>
      </div>
      <ul className="hwho">
        {free.map(({ person, left }) => (
          <li key={person.id}>
            <Avatar name={person.private.name} large />
            <span>
              <Link to={`/people/${person.id}`}>
                <bdi>{nameOf(person.id, records.people)}</bdi>
              </Link>
              <small>
                {[...person.skills]
                  .sort((a, b) => b.level - a.level)
                  .slice(0, 2)
                  .map(({ skill, level }) => `${skill} ${level}`)
                  .join(', ')}
              </small>
            </span>
            <FigureButton className="b" question={{ what: 'remaining', args: { person: person.id, week: weekOf(today) } }}>
              {hours(left)}
            </FigureButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
