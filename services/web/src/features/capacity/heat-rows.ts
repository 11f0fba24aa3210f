import type { CapacityAnswer, Load, PersonView, TeamView } from '@sidekick/contracts';
import { count, dayRange, hours, leaveDays, number, percent, weekdayAndDay } from '../../staffing/format.ts';
import { isolated, nameAmong } from '../../staffing/people-names.ts';

/** One bucket of one row. Everything that its colour says stands in its words too. */
export interface HeatCell {
  readonly id: string;
  readonly load: Load;
  /** Per cent of net, or hours. */
  readonly figure: string;
  /** Net hours, of which it is so many; null where it is a share. */
  readonly of: string | null;
  /** Tentative work beside it. */
  readonly tentative: string | null;
  /** What is the matter: `idle`, `under`, `+4 h`, leave. */
  readonly note: string | null;
  readonly tint: 0 | 1 | 2 | 3 | 4;
  readonly label: string;
}

export interface HeatRow {
  readonly key: string;
  readonly kind: 'person' | 'team' | 'none' | 'group';
  readonly id: string | null;
  readonly name: string;
  readonly meta: string;
  /** Of the whole range, as shown. */
  readonly figure: string;
  readonly free: number;
  readonly cells: readonly HeatCell[];
}

type Unit = 'percent' | 'hours';
type Hours = Pick<
  CapacityAnswer['group'],
  'net' | 'operations' | 'confirmed' | 'tentative' | 'remaining' | 'utilisation' | 'withTentative' | 'load'
>;
type Buckets = CapacityAnswer['buckets'];

/** What each load is called, and the glyph that stands before the word where there is room for no more. */
export const loadWords: Readonly<Record<Load, { glyph: string; word: string }>> = {
  'no-hours': { glyph: '–', word: 'no net hours' },
  idle: { glyph: '○', word: 'idle' },
  under: { glyph: '↓', word: 'under' },
  busy: { glyph: '', word: '' },
  over: { glyph: '▲', word: 'over' },
};

const whole = (ratio: number | null): number => Math.round((ratio ?? 0) * 100);

/** A bucket in words: `7 Dec – 13 Dec`, or a day with its weekday. */
export const bucketWords = ({ from, to }: Buckets[number]): string => (from === to ? weekdayAndDay(from) : dayRange(from, to));

const tintOf = (load: Load, utilisation: number | null): HeatCell['tint'] => {
  if (load === 'no-hours' || load === 'idle') return 0;
  const share = utilisation ?? 0;
  return share > 1 ? 4 : share > 0.8 ? 3 : share >= 0.5 ? 2 : 1;
};

interface Told {
  readonly name: string;
  /** In place of the word for the load: leave, a contract that has ended, hours over. */
  readonly note?: string | null;
  readonly more: readonly string[];
}

function cellOf(row: Hours, at: number, bucket: Buckets[number], unit: Unit, { name, note, more }: Told): HeatCell {
  const [net, confirmed, tentative] = [row.net[at] ?? 0, row.confirmed[at] ?? 0, row.tentative[at] ?? 0];
  const load = row.load[at] ?? 'no-hours';
  const [utilisation, both] = [row.utilisation[at] ?? null, row.withTentative[at] ?? null];
  const plus = unit === 'percent' ? whole(both) - whole(utilisation) : tentative;
  const words = loadWords[load];
  const parts = [
    `${hours(confirmed)} confirmed${tentative > 0 ? `, ${hours(tentative)} tentative` : ''} of ${hours(net)} net (${percent(utilisation)})`,
    `${hours(row.operations[at] ?? 0)} operations`,
    `${hours(row.remaining[at] ?? 0)} free`,
  ];
  return {
    id: bucket.id,
    load,
    figure: load === 'no-hours' ? words.glyph : unit === 'percent' ? String(whole(utilisation)) : number(confirmed),
    // A day is too narrow for the net hours of many people beside their work.
    of: unit === 'hours' && load !== 'no-hours' && (net < 100 || bucket.from !== bucket.to) ? number(net) : null,
    tentative: tentative > 0.05 && plus > 0 ? `+${unit === 'percent' ? plus : number(plus)}` : null,
    note: note ?? (load === 'idle' || load === 'under' ? `${words.glyph} ${words.word}` : null),
    tint: tintOf(load, utilisation),
    label: `${name}, ${bucketWords(bucket)}: ${[words.word, ...more, ...parts].filter(Boolean).join(', ')}`,
  };
}

function personCell(row: CapacityAnswer['people'][number], name: string, at: number, bucket: Buckets[number], unit: Unit): HeatCell {
  const [over, leave, holidays] = [row.over[at] ?? 0, row.leaveDays[at] ?? 0, row.holidays[at] ?? 0];
  if (!row.employed[at]) return cellOf(row, at, bucket, unit, { name, note: 'no contract', more: ['no contract'] });
  const more = [
    over > 0 ? `${hours(over)} above net` : '',
    leave > 0 ? `${leaveDays(leave)} leave` : '',
    holidays > 0 ? count(holidays, 'holiday') : '',
  ];
  // Of a day there is room for no more.
  const leaveWords =
    bucket.from !== bucket.to ? `${leaveDays(leave)} leave` : leave > 0.99 ? 'leave' : `${leaveDays(leave).replace(' d', '')} leave`;
  const away = leave > 0 ? leaveWords : row.load[at] === 'no-hours' && holidays > 0 ? 'holiday' : null;
  return cellOf(row, at, bucket, unit, { name, note: over > 0 ? `${loadWords.over.glyph} +${hours(over)}` : away, more });
}

const figureOf = ({ confirmed, utilisation }: CapacityAnswer['group']['whole'], unit: Unit): string =>
  unit === 'percent' ? percent(utilisation) : hours(Math.round(confirmed));

/** Rows by person in the order of names. */
export function peopleRows(answer: CapacityAnswer, people: ReadonlyMap<string, PersonView>, unit: Unit): HeatRow[] {
  return answer.people
    .flatMap((row) => {
      const person = people.get(row.id);
      return person ? [{ row, person }] : [];
    })
    .sort((a, b) => a.person.private.name.localeCompare(b.person.private.name) || (a.row.id < b.row.id ? -1 : 1))
    .map(({ row, person }) => {
      const name = nameAmong(person, people);
      return {
        key: row.id,
        kind: 'person' as const,
        id: row.id,
        name,
        meta: `${percent(person.operationsShare)} operations`,
        figure: figureOf(row.whole, unit),
        free: row.whole.remaining,
        cells: answer.buckets.map((bucket, at) => personCell(row, isolated(name), at, bucket, unit)),
      };
    });
}

type Several = CapacityAnswer['group'];

function severalRow(row: Several, answer: CapacityAnswer, unit: Unit, name: string): Omit<HeatRow, 'key' | 'kind' | 'id'> {
  return {
    name,
    meta: count(row.people, 'person', 'people'),
    figure: figureOf(row.whole, unit),
    free: row.whole.remaining,
    cells: answer.buckets.map((bucket, at) => {
      const over = row.peopleOver[at] ?? 0;
      const more = over > 0 ? [`${count(over, 'person', 'people')} over`] : [];
      return cellOf(row, at, bucket, unit, { name: isolated(name), note: over > 0 ? `${loadWords.over.glyph} ${over} over` : null, more });
    }),
  };
}

/** Rows by team in the order of names, last those who are in none. */
export function teamRows(answer: CapacityAnswer, teams: ReadonlyMap<string, TeamView>, unit: Unit): HeatRow[] {
  const named = answer.teams.map((row) => ({
    row,
    name: row.id === null ? 'In no team' : (teams.get(row.id)?.name ?? 'A team that is gone'),
  }));
  return named
    .sort((a, b) => Number(a.row.id === null) - Number(b.row.id === null) || a.name.localeCompare(b.name))
    .map(({ row, name }) => ({
      key: row.id ?? 'none',
      kind: row.id === null ? ('none' as const) : ('team' as const),
      id: row.id,
      ...severalRow(row, answer, unit, name),
    }));
}

/** Everybody of the answer as one row. */
export const groupRow = (answer: CapacityAnswer, unit: Unit, name: string): HeatRow => ({
  key: 'group',
  kind: 'group',
  id: null,
  ...severalRow(answer.group, answer, unit, name),
});
