import type { Command, HolidayView } from '@sidekick/contracts';
import { type ReactNode, useState } from 'react';
import { ulid } from '../../app/ulid.ts';
import { comparedYear, type Proposal, sameName } from '../../staffing/compared-year.ts';
import type { RecordBody } from '../../staffing/form-types.ts';
import { count, weekdayAndDay } from '../../staffing/format.ts';
import { useGuardedSave } from '../../staffing/guarded-save.ts';
import { isUnknown, useProposals } from '../../staffing/holiday-fill.tsx';
import { isolated } from '../../staffing/people-names.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';

interface Props {
  region: string;
  year: number;
  holidays: readonly HolidayView[];
}

/** One difference and what takes it over. */
interface Difference {
  key: string;
  day: string;
  text: ReactNode;
  label: string;
  command: Command;
  said: string;
}

const partWords = ({ portion }: { portion: number }): string => (portion < 1 ? `, ${Math.round(portion * 100)} % of the day` : '');

/** A region's year beside its published calendar: what differs is taken one by one, or all at once. */
export function HolidayCompare({ region, year, holidays }: Props) {
  const proposals = useProposals(region, year, true);
  const guarded = useGuardedSave();
  const idOf = useIds();
  if (!proposals.data) {
    if (!proposals.error) return null;
    if (isUnknown(proposals.error)) {
      return (
        <p className="muted">
          No published calendar is known for <bdi>{region}</bdi>: nothing to compare with.
        </p>
      );
    }
    return <ProblemNote error={proposals.error} what="The published calendar did not load" retry={() => void proposals.refetch()} />;
  }
  const compared = comparedYear(region, year, holidays, proposals.data.items);
  const { proposed, other, kept, same } = compared;
  const add = proposed.map((day) => additionOf(region, day, idOf(day.date)));
  const rename = other.map(({ one, to }) => renamingOf(one, to));
  const remove = kept.map((one) => removalOf(region, one));
  const all = [...add, ...rename, ...remove];
  const run = (some: readonly Difference[], said: string) => guarded.run({ commands: some.map(({ command }) => command), said });
  const counts = [
    [add, 'added'],
    [rename, 'changed'],
    [remove, 'removed'],
  ] as const;
  const words = counts.flatMap(([some, what]) => (some.length > 0 ? [`${some.length} ${what}`] : [])).join(', ');
  const lists = [
    ['Only in the calendar', add],
    ['Otherwise in the calendar', rename],
    ['Only here', remove],
  ] as const;
  return (
    <section className="hcmp" aria-label={`${region} ${year} beside the published calendar`}>
      <p className="mid">
        {all.length === 0
          ? `All ${count(same, 'day')} of ${region} ${year} are as in the published calendar.`
          : `${count(same, 'day')} as in the published calendar, ${count(all.length, 'difference')}.`}
      </p>
      {lists.map(([title, some]) =>
        some.length === 0 ? null : (
          <div key={title}>
            <h3>{title}</h3>
            <ul className="rows">
              {some.map((one) => (
                <li key={one.key}>
                  <span>
                    <b>{weekdayAndDay(one.day)}</b> {one.text}
                  </span>
                  <Button
                    busy={guarded.busy}
                    aria-label={`${one.label} ${weekdayAndDay(one.day)}`}
                    onClick={() => void run([one], one.said)}
                  >
                    {one.label}
                  </Button>
                </li>
              ))}
            </ul>
          </div>
        ),
      )}
      {all.length > 1 && (
        <p className="acts">
          <Button busy={guarded.busy} onClick={() => void run(all, `Holidays of ${region} ${year} as in the calendar: ${words}`)}>
            Take all: {words}
          </Button>
        </p>
      )}
      {guarded.stale && <p className="warn">Somebody changed one of these days meanwhile. This is the newest state.</p>}
      {guarded.error && <ProblemNote error={guarded.error} what="This was not saved" done="this was saved" />}
    </section>
  );
}

/** The same id for the same day: a click repeated after a lost answer makes no holiday twice. */
function useIds(): (date: string) => string {
  const [ids] = useState(() => new Map<string, string>());
  return (date) => {
    const id = ids.get(date) ?? ulid();
    ids.set(date, id);
    return id;
  };
}

const additionOf = (region: string, day: Proposal, id: string): Difference => ({
  key: day.date,
  day: day.date,
  text: (
    <>
      <bdi>{day.name}</bdi>
      {partWords(day)}
    </>
  ),
  label: 'Add',
  command: { do: 'create', kind: 'holiday', id, record: { ...day, region } satisfies RecordBody<'holiday'> },
  said: `${isolated(day.name)} on ${weekdayAndDay(day.date)} is a holiday in ${region}`,
});

function renamingOf(one: HolidayView, to: Proposal): Difference {
  const isNamed = sameName(one, to);
  const patch = { ...(isNamed ? {} : { name: to.name }), ...(one.portion === to.portion ? {} : { portion: to.portion }) };
  return {
    key: one.id,
    day: one.date,
    text: (
      <>
        <bdi>{one.name}</bdi>
        {partWords(one)} <span aria-hidden>→</span> <span className="sr">in the calendar</span>{' '}
        {isNamed ? 'the same' : <bdi>{to.name}</bdi>}
        {one.portion === to.portion ? '' : partWords(to) || ', the whole day'}
      </>
    ),
    label: isNamed ? 'Change' : 'Rename',
    command: { do: 'change', kind: 'holiday', id: one.id, version: one.version, patch },
    said: `${isolated(one.name)} on ${weekdayAndDay(one.date)} is ${isolated(to.name)}${partWords(to)}`,
  };
}

const removalOf = (region: string, one: HolidayView): Difference => ({
  key: one.id,
  day: one.date,
  text: (
    <>
      <bdi>{one.name}</bdi>
      {partWords(one)}
    </>
  ),
  label: 'Remove',
  command: { do: 'delete', kind: 'holiday', id: one.id, version: one.version },
  said: `${isolated(one.name)} on ${weekdayAndDay(one.date)} is no holiday in ${region}`,
});
