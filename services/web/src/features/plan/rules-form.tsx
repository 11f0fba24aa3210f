import { weekOf, weeksBetween } from '@sidekick/calendar/iso';
import { mostPlanSeconds, mostPlanWeeks } from '@sidekick/contracts';
import { useState } from 'react';
import { RangeField, rangeText, readRange } from '../../staffing/date-fields.tsx';
import { TextField } from '../../staffing/fields.tsx';
import type { Known } from '../../staffing/links.tsx';
import { nameOf } from '../../staffing/people-names.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { useStartPlan } from './queries.ts';
import { daysOf, type Rules } from './rules.ts';

interface Props {
  rules: Rules;
  /** The project that the result begins with. */
  focus: string | null;
  today: string;
  records: Known;
  /** Keeps the rules in the address, so that Back and a link find them. */
  onRules: (rules: Rules) => void;
}

/** A whole number as typed; null when it is none, or out of bounds. */
function wholeNumber(text: string, most: number): number | null {
  const value = /^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
  return value >= 1 && value <= most ? value : null;
}

const wrongNumber = (text: string, most: number): string => `“${text.trim()}” is not a whole number from 1 to ${most}`;

/** Weeks and rules of a plan; sending it starts the search. */
export function RulesForm({ rules, focus, today, records, onRules }: Props) {
  const start = useStartPlan();
  const [days, setDays] = useState(() => rangeText(...daysOf(rules.weeks)));
  const [each, setEach] = useState(String(rules.maxSidekickProjects));
  const [stay, setStay] = useState(String(rules.minStay));
  const [people, setPeople] = useState(String(rules.maxSidekicks));
  const [seconds, setSeconds] = useState(String(rules.seconds));
  const [tentative, setTentative] = useState(rules.reserveTentative);
  const [tried, setTried] = useState(false);
  const range = readRange(days, today);
  const read = {
    each: wholeNumber(each, 20),
    stay: wholeNumber(stay, mostPlanWeeks),
    people: wholeNumber(people, 20),
    seconds: wholeNumber(seconds, mostPlanSeconds),
  };
  const isLong = range.ok && range.to !== null && weeksBetween(weekOf(range.from), weekOf(range.to)) >= mostPlanWeeks;
  const daysError = !range.ok ? range.message : isLong ? `At most ${mostPlanWeeks} weeks` : null;
  const send = () => {
    setTried(true);
    if (!range.ok || range.to === null || isLong || !read.each || !read.stay || !read.people || !read.seconds) return;
    const next: Rules = {
      ...rules,
      weeks: [weekOf(range.from), weekOf(range.to)],
      ...{ maxSidekickProjects: read.each, minStay: read.stay, maxSidekicks: read.people, seconds: read.seconds },
      reserveTentative: tentative,
    };
    onRules(next);
    start.mutate({ rules: next, focus });
  };
  const number = (label: string, text: string, set: (text: string) => void, value: number | null, most: number, help: string) => (
    <TextField
      label={label}
      type="number"
      value={text}
      onChange={set}
      help={help}
      error={tried && value === null ? wrongNumber(text, most) : null}
    />
  );
  return (
    <form
      className="fm pl-f"
      aria-label="Rules of the plan"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <RangeField label="Weeks" text={days} onText={setDays} today={today} error={tried ? daysError : null} />
      <div className="pl-n">
        {number('Projects each, at once', each, setEach, read.each, 20, 'Projects that somebody backs up in one week, at most')}
        {number('Weeks somebody stays', stay, setStay, read.stay, mostPlanWeeks, 'At least, where the gap is that long')}
        {number('People a project', people, setPeople, read.people, 20, 'Different people planned on one, at most')}
        {number('Seconds to search', seconds, setSeconds, read.seconds, mostPlanSeconds, 'It ends by then with the best found')}
      </div>
      <label className="ck">
        <input type="checkbox" checked={tentative} onChange={({ target }) => setTentative(target.checked)} />
        Keep the hours of tentative work free
      </label>
      <Kept rules={rules} records={records} onRules={onRules} />
      {start.error && <ProblemNote error={start.error} what="The plan was not started" done="it was started" />}
      <p className="acts">
        <Button look="primary" type="submit" busy={start.isPending}>
          Plan all gaps
        </Button>
      </p>
    </form>
  );
}

/** Locks, and who is kept out, each to be taken away. */
function Kept({ rules, records, onRules }: Pick<Props, 'rules' | 'records' | 'onRules'>) {
  const { locks, forbid } = rules;
  if (locks.length + forbid.length === 0) return null;
  const words = (person: string, project: string) =>
    `${nameOf(person, records.people)} on ${records.projects.get(project)?.name ?? 'a project'}`;
  return (
    <fieldset>
      <legend>Locks</legend>
      <ul className="feed">
        {locks.map((lock) => (
          <li key={`${lock.person} ${lock.project} ${lock.weeks[0]}`}>
            <span>
              <b>{words(lock.person, lock.project)}</b>
              <small>is planned, {rangeText(...daysOf(lock.weeks))}</small>
            </span>
            <Button
              look="quiet"
              icon="x"
              aria-label={`Take away the lock of ${words(lock.person, lock.project)}`}
              onClick={() => onRules({ ...rules, locks: locks.filter((one) => one !== lock) })}
            />
          </li>
        ))}
        {forbid.map((pair) => (
          <li key={`${pair.person} ${pair.project}`}>
            <span>
              <b>{words(pair.person, pair.project)}</b>
              <small>is not planned</small>
            </span>
            <Button
              look="quiet"
              icon="x"
              aria-label={`Let ${words(pair.person, pair.project)} be planned again`}
              onClick={() => onRules({ ...rules, forbid: forbid.filter((one) => one !== pair) })}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
