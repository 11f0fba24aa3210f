import { describe, expect, test } from '@jest/globals';
import { dayOf, isoDay, mondayOf, weekOfDay } from '@sidekick/calendar';
import type { Assignment, Person, Project, SheetReading, TimeOff } from '@sidekick/contracts';
import { SheetCorrections } from '@sidekick/contracts';
import { randomFrom } from '@sidekick/testing/sheets';
import { emptyState, type State } from '../../../state/state.ts';
import { match } from '../matching/match.ts';
import { reading } from '../testing/reading.ts';
import { tracedReading } from '../traced.ts';
import { csvOf, xlsxOf } from './files.ts';
import { tableOf } from './table.ts';

const first = mondayOf(weekOfDay(dayOf('2026-11-30')));
const weeks = 12;
const names = ['Noor Haddad', 'Zoë O’Neil-Ünlü', '=cmd|x', '+Plus Tomás', '孫悟空', "D'Arcy van den Berg"];
const projectNames = ['Atlas', 'Customer Support', 'C++ migration', 'Phase 2', '@home; web', 'Ängelholm/CI'];
const id = (kind: string, at: number) => `${kind}${at}`;

/** Records that a layout can hold: by weeks (A, C), by working days (B) or by days (D). */
function randomState(seed: number, by: 'week' | 'day' | 'any'): State {
  const random = randomFrom(seed);
  const below = (most: number) => Math.floor(random() * most);
  const people = names.map((name, at) => ({
    ...{ id: id('p', at), employment: 'employed', timeZone: 'UTC', region: null, contract: { from: null, to: null }, skills: [] },
    ...{ operationsShare: 0.05, sample: false, private: { name, email: null, note: null } },
    patterns: [{ from: '2020-01-01', hours: at % 2 === 0 ? [8, 8, 8, 8, 8, 0, 0] : [6, 6, 6, 6, 0, 0, 0] }],
  })) as Person[];
  const projects = projectNames.map((name, at) => ({ id: id('j', at), name, from: '2026-01-01', to: null, state: 'agreed' })) as Project[];
  const work: Assignment[] = [];
  const leave: TimeOff[] = [];
  const daysFrom = (begin: number, length: number) => {
    if (by === 'any') return { from: isoDay(first + begin * 7 + below(5)), to: isoDay(first + (begin + length + 1) * 7 + below(5)) };
    return { from: isoDay(first + begin * 7), to: isoDay(first + (begin + length) * 7 + (by === 'week' ? 6 : 4)) };
  };
  for (const person of people)
    for (const project of projects) {
      if (random() < 0.5) continue;
      // One run, then one of other hours or role: equal ones beside each other are one record for a sheet.
      for (const [at, begin] of [0, 6].entries()) {
        const record = {
          ...{
            id: id('a', work.length),
            person: person.id,
            project: project.id,
            role: (['lead', 'sidekick', 'contributor'] as const)[below(3)],
          },
          ...{
            ...daysFrom(begin, below(5)),
            hoursPerWeek: (below(60) + 1) / 2 + at * 40,
            state: random() < 0.3 ? 'tentative' : 'confirmed',
          },
        };
        work.push({ ...record, accepted: [], private: { reason: null }, sample: false } as Assignment);
      }
    }
  for (const person of people) {
    if (random() < 0.4) continue;
    const record = {
      id: id('t', leave.length),
      person: person.id,
      ...daysFrom(2, below(3)),
      state: random() < 0.3 ? 'requested' : 'approved',
    };
    leave.push({
      ...record,
      amount: { portion: by === 'any' || random() < 0.5 ? 1 : 0.4 },
      accepted: [],
      sample: false,
    } as unknown as TimeOff);
  }
  const mapped = <R extends { id: string }>(some: R[]) => new Map(some.map((record) => [record.id, { record, version: 1 }]));
  return {
    ...emptyState,
    head: 1,
    person: mapped(people),
    project: mapped(projects),
    assignment: mapped(work),
    timeOff: mapped(leave),
  } as State;
}

const from = isoDay(first);
const to = isoDay(first + weeks * 7 - 1);
const layouts = [
  ['A', 'week'],
  ['B', 'day'],
  ['C', 'week'],
  ['D', 'any'],
] as const;

/** What the reader made of it, and what writing it here again would change. */
async function again(state: State, file: { name: string; bytes: Uint8Array }) {
  const traced = await tracedReading({ ...file, today: '2026-11-30' }, { cells: [], year: null, weeks: [] });
  if ('refused' in traced) throw new Error(traced.refused);
  const corrections = SheetCorrections.parse({});
  return { read: traced.reading, matched: match({ traced, corrections, state, today: '2026-11-30', bySheet: new Set() }) };
}

describe.each(layouts)('layout %s', (layout, by) => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('what is written is read back as the same records (seed %i)', async (seed) => {
    const state = randomState(seed, by);
    const table = tableOf(state, layout, from, to);
    for (const file of [
      { name: 'out.csv', bytes: Buffer.from(csvOf(table)) },
      { name: 'out.xlsx', bytes: await xlsxOf(table) },
    ]) {
      const { read, matched } = await again(state, file);
      expect({ layout: read.layout, notUnderstood: read.notUnderstood }).toEqual({ layout, notUnderstood: [] });
      expect(read.assignments).toHaveLength(state.assignment.size);
      expect(matched.people.map(({ as }) => as).filter((as) => as !== 'here')).toEqual([]);
      expect(matched.drafts.map(({ words, was }) => [words, was])).toEqual([]);
      expect(sums(read)).toEqual(sums({ assignments: [...state.assignment.values()].map(({ record }) => record) }));
    }
  });
});

/** Hours a week of all records, by role and state. */
const sums = ({
  assignments,
}: {
  assignments: readonly Pick<SheetReading['assignments'][number], 'role' | 'state' | 'hoursPerWeek'>[];
}) => {
  const by = new Map<string, number>();
  for (const { role, state, hoursPerWeek } of assignments)
    by.set(`${role} ${state}`, Math.round(((by.get(`${role} ${state}`) ?? 0) + hoursPerWeek) * 100) / 100);
  return Object.fromEntries([...by].sort());
};

test('nothing begins like a formula, and a name that no cell can hold is named above the header', async () => {
  const state = randomState(1, 'week');
  const project = { ...(state.project.get('j0')?.record as Project), name: 'Holiday' };
  const odd = { ...state, project: new Map(state.project).set('j0', { record: project, version: 1 }) } as State;
  const table = tableOf(odd, 'A', from, to);
  expect(table[0]).toEqual(['Not in this sheet, since a cell cannot hold these names: Holiday']);
  const text = csvOf(table);
  expect(text.split(/[,\r\n]+/).filter((cell) => /^"?[=+\-@]/.test(cell))).toEqual([]);
  const read = await reading(text);
  expect(read.ignored).toContainEqual({ row: 1, why: 'title-row' });
  expect(read.projects.map(({ name }) => name)).not.toContain('Holiday');
});

test('work that is there for a part of a week, or without an end, has nothing to change when it comes back', async () => {
  const state = randomState(3, 'any');
  const open = new Map(
    [...state.assignment].map(([key, one], at) => [key, { ...one, record: { ...one.record, ...(at % 3 === 0 ? { to: null } : {}) } }]),
  );
  const whole = { ...state, assignment: open } as State;
  for (const layout of ['A', 'C', 'D'] as const) {
    const { matched } = await again(whole, { name: 'out.csv', bytes: Buffer.from(csvOf(tableOf(whole, layout, from, to))) });
    expect(matched.drafts.filter(({ kind }) => kind === 'assignment').map(({ words, was }) => [layout, words, was])).toEqual([]);
  }
});
