import { expect, test } from '@jest/globals';
import { dayOf, isoDay, mondayOf, weekOfDay, weekSpan } from '@sidekick/calendar';
import type { Identity } from '@sidekick/contracts';
import { Conflict } from '@sidekick/service-kit';
import type { Entry } from '@sidekick/store';
import fc from 'fast-check';
import { figuresOf } from '../figures/index.ts';
import { changeOf } from '../kinds/change.ts';
import type { ChangeSet } from '../log/change-set.ts';
import { advance, emptyLedger, type Ledger } from '../log/ledger.ts';
import type { State } from '../state/state.ts';
import { aPerson, aProject } from '../testing/builders.ts';
import { decide } from './decide.ts';
import type { Asked } from './draft.ts';
import { undo } from './undo.ts';

const manager: Identity = { account: 'a', name: 'Helena Prado', roles: ['manager'], person: null };
const context = { actor: manager, at: '2026-11-30T09:00:00.000Z', today: '2026-11-30', reason: null, accept: [] };
const idOf = (kind: string, index: number) => `01JA${kind.repeat(20)}${String(index).padStart(2, '0')}`;
const people = [0, 1, 2].map((index) => aPerson(idOf('P', index)));
const projects = [0, 1].map((index) => aProject(idOf('J', index)));
const start = dayOf('2026-12-07');

const then = (ledger: Ledger, entry: ChangeSet): Ledger =>
  advance(ledger, [{ number: ledger.state.head + 1, requestId: `r${ledger.state.head}`, entry }]);
const group = (): Ledger =>
  then(emptyLedger(), {
    at: context.at,
    account: 'a',
    accepted: [],
    undoes: null,
    changes: [
      ...people.map((person) => changeOf('person', person.id, null, person)),
      ...projects.map((project) => changeOf('project', project.id, null, project)),
    ],
    private: { name: '', reason: null, warnings: [] },
  });

const work = fc
  .record({
    slot: fc.integer({ min: 0, max: 9 }),
    person: fc.constantFrom(...people.map(({ id }) => id)),
    project: fc.constantFrom(...projects.map(({ id }) => id)),
    role: fc.constantFrom('lead', 'sidekick', 'contributor'),
    from: fc.integer({ min: 0, max: 20 }),
    days: fc.integer({ min: 0, max: 20 }),
    hoursPerWeek: fc.constantFrom(0, 8, 20, 36),
    remove: fc.boolean(),
  })
  .map(({ slot, from, days, remove, ...rest }) => ({
    id: idOf('W', slot),
    remove,
    record: { ...rest, from: isoDay(start + from), to: isoDay(start + from + days) },
  }));

/** Creates, changes or deletes the assignment of the slot, whichever is possible now; null for an id that was used up. */
function commandFor(
  { state, history }: Ledger,
  { id, record, remove }: { id: string; record: Record<string, unknown>; remove: boolean },
): Asked | null {
  const at = { id: '', body: '' };
  const kept = state.assignment.get(id);
  if (!kept) return history.touches.has(id) ? null : { do: 'create', kind: 'assignment', id, record, at };
  if (remove) return { do: 'delete', kind: 'assignment', id, version: kept.version, at };
  return { do: 'change', kind: 'assignment', id, version: kept.version, patch: record, at };
}

/** Looked at afresh, without the rules: who leads and backs up one project in a week, and who works more than there are hours. */
function wrongs(state: State): string[] {
  const figures = figuresOf(state);
  const found: string[] = [];
  for (let week = weekOfDay(start) - 1; week < weekOfDay(start) + 8; week++) {
    for (const { id } of people) if (figures.overAllocated(id, weekSpan(week))) found.push(`${id} over in ${week}`);
    const named = new Set<string>();
    for (const { record } of state.assignment.values()) {
      const from = Math.max(dayOf(record.from), mondayOf(week));
      const to = Math.min(dayOf(record.to ?? ''), mondayOf(week) + 4);
      if (from <= to) named.add(`${record.person} ${record.project} ${record.role}`);
    }
    for (const one of named) if (one.endsWith(' lead') && named.has(one.replace(' lead', ' sidekick'))) found.push(`${one} in ${week}`);
  }
  return found;
}

const plain = (state: State) => [...state.assignment.values()].map(({ record }) => record).sort((a, b) => (a.id < b.id ? -1 : 1));

test('whatever is asked in whatever order, no rule is broken without a manager, and undo in reverse leads back', () => {
  fc.assert(
    fc.property(fc.array(work, { maxLength: 14 }), (asked) => {
      let ledger = group();
      const done: Entry<ChangeSet>[] = [];
      const before: ReturnType<typeof plain>[] = [];
      for (const one of asked) {
        const command = commandFor(ledger, one);
        if (!command) continue;
        try {
          const entry = decide(ledger, [command], context);
          before.push(plain(ledger.state));
          ledger = then(ledger, entry);
          done.push({ number: ledger.state.head, requestId: '', entry });
        } catch (error) {
          if (!(error instanceof Conflict)) throw error;
        }
        expect(wrongs(ledger.state)).toEqual([]);
      }
      for (const entry of done.reverse()) {
        ledger = then(ledger, undo(ledger, entry, context));
        expect(plain(ledger.state)).toEqual(before.pop());
      }
    }),
    { numRuns: 150 },
  );
});
