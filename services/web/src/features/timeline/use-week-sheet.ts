import { mondayOfWeek, weekdayOf } from '@sidekick/calendar/iso';
import type { AssignmentView, Command } from '@sidekick/contracts';
import { useMemo, useRef, useState } from 'react';
import { ulid } from '../../app/ulid.ts';
import { usePreview } from '../../staffing/consequences.tsx';
import { useDraft } from '../../staffing/draft.ts';
import { dayRange, editable, hours, shortDay, weekdayAndDay, weekRuns } from '../../staffing/format.ts';
import { rulesOf, useGuardedSave } from '../../staffing/guarded-save.ts';
import { patternOn, type TypedAmount, typedHours, weekOfPerson } from '../../staffing/typed-hours.ts';
import { useLeaving } from '../../staffing/use-leaving.ts';
import type { Records } from './bars.ts';
import { whoIn } from './deeds.ts';
import { commandsFor, hoursIn, lineOf, partOf, typedOver, weeksOfLine } from './hours-by-week.ts';
import { daysOf } from './scale.ts';

interface Options {
  id: string;
  records: Records;
  /** The weeks that are shown: more are not typed at once. */
  shown: readonly string[];
  onClose: () => void;
}

/** What is typed by week, and over which hours each was typed: another's save is held against that. */
interface Typed {
  typed: Record<string, string>;
  over: Record<string, string>;
  reason: string;
}
const untyped: Typed = { typed: {}, over: {}, reason: '' };

/** A week of the sheet. */
export interface Cell {
  readonly week: string;
  readonly text: string;
  readonly label: string;
  /** From which day on or until which, where it is no whole week. */
  readonly part: string | null;
  readonly error: string | null;
  readonly isTyped: boolean;
}

/** Characters of a paste that are read. */
const mostPasted = 10_000;

/** The hours of a line as a cell shows them: none is nothing, two in one week stand side by side. */
const wordsOf = (line: readonly AssignmentView[], week: string): string => hoursIn(line, week).map(editable).join(' / ');

function partWords(line: readonly AssignmentView[], week: string): string | null {
  const part = partOf(line, week);
  if (!part) return null;
  if (part.from === part.to) return weekdayAndDay(part.from);
  if (weekdayOf(part.from) === 1) return `until ${weekdayAndDay(part.to)}`;
  return weekdayOf(part.to) === 7 ? `from ${weekdayAndDay(part.from)}` : dayRange(part.from, part.to);
}

/** Numbers as a spreadsheet copies a row or a column of them; null where it is one. */
export function pastedCells(text: string): string[] | null {
  const cells = text
    .slice(0, mostPasted)
    .replace(/[\r\n]+$/, '')
    .split(/\t|\r\n|\r|\n|;/);
  return cells.length > 1 ? cells.map((cell) => cell.trim()) : null;
}

/** Hours typed week by week over a line of work: what is typed, how it stands to what others saved, and what it would make. */
export function useWeekSheet({ id, records, shown, onClose }: Options) {
  const found = records.assignments.find((one) => one.id === id);
  const last = useRef(found);
  if (found) last.current = found;
  const assignment = found ?? last.current;
  const line = useMemo(() => (found ? lineOf(found, records.assignments) : []), [found, records.assignments]);
  const person = assignment && records.people.get(assignment.person);
  const draft = useDraft<Typed>(`weeks:${id}`, () => untyped, {
    clean: ({ typed, reason }) => Object.keys(typed).length === 0 && reason === '',
  });
  const { typed, over, reason } = draft.value;
  const guarded = useGuardedSave();
  const [tries, setTries] = useState(0);
  const ids = useRef(new Map<string, string>());

  const read = (week: string): TypedAmount => {
    const text = (typed[week] ?? '').trim();
    if (text === '' || text === '–') return { ok: true, value: 0, echo: null };
    return typedHours(text, person ? { name: person.private.name, week: weekOfPerson(person, mondayOfWeek(week)) ?? 0 } : null);
  };
  const weeks = Object.keys(typed).sort();
  const amounts = new Map(weeks.map((week) => [week, read(week)]));
  const isWrong = [...amounts.values()].some(({ ok }) => !ok);
  /** What somebody else has set in weeks that are typed here, other than what is typed. */
  const conflicts = weeks.flatMap((week) => {
    const [was, now, mine] = [over[week] ?? '', wordsOf(line, week), amounts.get(week)];
    const isSame = now === was || (mine?.ok === true && now === (mine.value === 0 ? '' : editable(mine.value)));
    return found && !isSame ? [{ week, was, now, mine: typed[week] ?? '' }] : [];
  });

  const made = JSON.stringify(
    weeks.flatMap((week) => (amounts.get(week)?.ok ? [[week, (amounts.get(week) as { value: number }).value]] : [])),
  );
  const { commands, runs } = useMemo(() => {
    const rests = (day: string) => person !== undefined && patternOn(person, day)?.[weekdayOf(day) - 1] === 0;
    const then = typedOver(line, new Map(JSON.parse(made) as [string, number][]), rests);
    // The same week is the same new assignment, however often it is typed.
    const idFor = (day: string) => {
      const known = ids.current.get(day) ?? ulid();
      ids.current.set(day, known);
      return known;
    };
    return { commands: line.length > 0 ? commandsFor(line, then, idFor) : ([] as Command[]), runs: then.length };
  }, [line, made, person]);
  const isReady = !isWrong && conflicts.length === 0 && commands.length > 0;
  const preview = usePreview(isReady ? commands : null, guarded.busy || guarded.saved);
  const broken = preview.answer?.broken ?? guarded.refused;

  const put = (texts: ReadonlyMap<string, string>) => {
    guarded.reset();
    const next: Typed = { typed: { ...typed }, over: { ...over }, reason };
    for (const [week, text] of texts) {
      const now = wordsOf(line, week);
      if (text.trim() === (next.over[week] ?? now) && now === (next.over[week] ?? now)) {
        delete next.typed[week];
        delete next.over[week];
      } else {
        next.typed[week] = text;
        next.over[week] ??= now;
      }
    }
    draft.set(next);
  };
  const cells: Cell[] = weeksOfLine(line, daysOf({ zoom: 'week', from: shown[0] ?? '', weeks: shown.length })).map((week) => {
    const amount = amounts.get(week);
    const part = partWords(line, week);
    return {
      week,
      text: typed[week] ?? wordsOf(line, week),
      label: `Hours in the week of ${shortDay(mondayOfWeek(week))}${part ? `, ${part}` : ''}`,
      part,
      error: amount && !amount.ok ? amount.message : null,
      isTyped: typed[week] !== undefined,
    };
  });
  const type = (week: string, text: string) => put(new Map([[week, text]]));
  /** A row of numbers from a cell on; what does not fit is said. */
  const paste = (week: string, values: readonly string[]): string | null => {
    const start = cells.findIndex((cell) => cell.week === week);
    const room = cells.slice(start);
    put(new Map(room.flatMap((cell, at) => (values[at] === undefined ? [] : [[cell.week, values[at]] as const]))));
    const beyond = values.length - room.length;
    return beyond > 0 ? `${beyond} of ${values.length} numbers are left out: the weeks end before them` : null;
  };
  const settle = (week: string, whose: 'mine' | 'theirs') => {
    const next: Typed = { typed: { ...typed }, over: { ...over }, reason };
    if (whose === 'mine') next.over[week] = wordsOf(line, week);
    else {
      delete next.typed[week];
      delete next.over[week];
    }
    draft.set(next);
  };
  const save = async () => {
    if (!assignment || !isReady || guarded.busy) return;
    const isBroken = rulesOf(broken).length > 0;
    if (isBroken && reason.trim() === '') return setTries((count) => count + 1);
    const said = `${whoIn(assignment, records)}, hours by week ${weekRuns(weeks)}`;
    if (!(await guarded.run({ commands, said, ...(isBroken ? { reason: reason.trim() } : {}) }, broken))) return;
    draft.clear();
    onClose();
  };
  const leaving = useLeaving({ draft, dirty: weeks.length > 0 || reason !== '', busy: guarded.busy, onClose });
  return {
    assignment,
    isGone: !found,
    cells,
    typed: weeks.map((week) => ({ week, text: echoOf(typed[week] ?? '', amounts.get(week)) })),
    runs,
    isWrong,
    /** Times that saving was asked for without the reason that it lacks. */
    tries,
    isNothing: commands.length === 0,
    conflicts,
    draft,
    reason,
    setReason: (text: string) => draft.set({ reason: text }),
    guarded,
    preview,
    broken,
    rules: rulesOf(broken),
    type,
    paste,
    settle,
    save,
    ...leaving,
  };
}
export type WeekSheetState = ReturnType<typeof useWeekSheet>;

/** What is typed in words: `12 h`, `none`, or as it stands where it is not understood. */
function echoOf(text: string, amount: TypedAmount | undefined): string {
  if (!amount?.ok) return `“${text}”`;
  return amount.value === 0 ? 'none' : hours(amount.value);
}
