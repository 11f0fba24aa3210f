import { expect, test } from '@jest/globals';
import { dayOf } from '@sidekick/calendar';
import { aManager } from '@sidekick/testing';
import { figuresOf } from '../figures/index.ts';
import { changeOf } from '../kinds/change.ts';
import type { ChangeSet } from '../log/change-set.ts';
import { advance, emptyLedger } from '../log/ledger.ts';
import { anAssignment, aProject, aRate, aVolunteer, aWish } from '../testing/builders.ts';
import { reasonIn, redact, redacted, redactionIn } from './redact.ts';
import { textsIn } from './texts.ts';
import { undo } from './undo.ts';

const noor = '01JZZZZZZZZZZZZZZZZZZZNOOR';
const atlas = '01JZZZZZZZZZZZZZZZZZZATLAS';
const at = '2026-11-25T08:00:00.000Z';
const person = (name: string, to: string | null) => ({
  ...{ id: noor, employment: 'employed' as const, timeZone: 'UTC', region: null, patterns: [], contract: { from: null, to }, skills: [] },
  ...{ operationsShare: 0.05, private: { name, email: null, note: null }, sample: false },
});
const aSet = (changes: ChangeSet['changes'], over: Partial<ChangeSet> = {}): ChangeSet => ({
  ...{ at, account: 'a', accepted: [], undoes: null, changes, private: { name: 'Actor', reason: 'about Noor', warnings: [] } },
  ...over,
});
const context = { actor: aManager, at, today: '2026-11-25', reason: null, accept: [] };

test('an undo that was read before the redaction brings back none of the words that it takes', () => {
  const added = aSet([changeOf('person', noor, null, person('Noor', '2026-11-01'))]);
  const deleted = aSet([changeOf('person', noor, person('Noor', '2026-11-01'), null)]);
  const entries = [added, deleted].map((entry, n) => ({ number: n + 1, requestId: `r${n + 1}`, entry }));
  const before = advance(emptyLedger(), entries);
  const asked = redact(before, { person: noor, accounts: [] }, context);
  const after = advance(before, [{ number: 3, requestId: 'r3', entry: asked }]);
  const undone = undo(after, { number: 2, requestId: 'r2', entry: deleted }, context);
  expect(JSON.stringify(undone.changes)).not.toContain('Noor"');
  expect(undone.changes[0]?.after).toMatchObject({ private: { name: 'Former colleague NOOR' } });
});

test('takes nothing of what somebody cost, whose figures stay as they were', () => {
  const past = { from: '2026-10-05', to: '2026-10-30' };
  const records = [
    changeOf('person', noor, null, { ...person('Noor', '2026-11-01'), patterns: [{ from: '2026-01-01', hours: [8, 8, 8, 8, 8, 0, 0] }] }),
    changeOf('project', atlas, null, aProject(atlas, past)),
    changeOf('assignment', 'w', null, anAssignment('w', noor, atlas, past)),
    changeOf('rate', 'r', null, aRate('r', noor, 8_500)),
  ];
  const before = advance(emptyLedger(), [{ number: 1, requestId: 'r1', entry: aSet(records) }]);
  const asked = redact(before, { person: noor, accounts: [] }, context);
  const after = advance(before, [{ number: 2, requestId: 'r2', entry: asked }]);
  const spent = [before, after].map(({ state }) => figuresOf(state).burn(atlas, dayOf('2026-11-25')).spent);
  expect(spent).toEqual([1, 2].map(() => ({ money: 4 * 8 * 8_500, hours: 32, unpriced: 0 })));
  expect(redacted({ person: noor, accounts: [] }, aSet(records), 1).private.reason).toBeNull();
});

test('takes what is nothing without the person: an offer with what was said to it, and a wish', () => {
  const records = [
    changeOf('person', noor, null, person('Noor', '2026-11-01')),
    changeOf('project', atlas, null, aProject(atlas)),
    changeOf('volunteer', 'v', null, aVolunteer('v', noor, atlas, { private: { note: 'I wrote it' } })),
    changeOf('wish', 'x', null, aWish('x', noor, 'Rust')),
  ];
  const before = advance(emptyLedger(), [{ number: 1, requestId: 'r1', entry: aSet(records) }]);
  const asked = redact(before, { person: noor, accounts: [] }, context);
  const { state } = advance(before, [{ number: 2, requestId: 'r2', entry: asked }]);
  expect([state.volunteer.size, state.wish.size]).toEqual([0, 0]);
  expect(JSON.stringify([asked, redacted({ person: noor, accounts: [] }, aSet(records), 1)])).not.toContain('I wrote it');
});

test('done twice is done once, and what is about others keeps its words', () => {
  const redaction = { person: noor, accounts: [] };
  const once = redacted(redaction, aSet([changeOf('person', noor, person('Noor', null), person('Noor', '2026-11-01'))]), 1);
  expect(redacted(redaction, once, 1)).toEqual(once);
  expect(once.private).toEqual({ name: 'Actor', reason: null, warnings: [] });
  const other = aSet([]);
  expect(redacted(redaction, other, 1)).toEqual(other);
  expect(redactionIn(other)).toBeNull();
});

test('what only a newer release knows is asked for no words, whatever it is like', () => {
  const badge = { id: 'b', private: null, sample: false } as never;
  const newer = aSet([changeOf('badge' as never, 'b', null, badge)]);
  expect([reasonIn('badge', badge), textsIn('badge', badge)]).toEqual([null, []]);
  const texts = [{ id: 'b', path: 'private.note', before: [], after: [1], now: true }];
  const redaction = { person: noor, accounts: [], mentions: { sets: [], records: ['b'], texts } };
  expect(redacted(redaction, newer, 1).changes).toEqual(newer.changes);
});
