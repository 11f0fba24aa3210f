import { describe, expect, test } from '@jest/globals';
import type { Identity, RecordKind, Records } from '@sidekick/contracts';
import { DomainError } from '@sidekick/service-kit';
import { type AnyRecord, changeOf } from '../kinds/change.ts';
import type { ChangeSet } from '../log/change-set.ts';
import { advance, emptyLedger, type Ledger, undoneBy } from '../log/ledger.ts';
import { pack, snapshotSchema, unpack } from '../log/snapshot.ts';
import { aLeave, anAssignment, aPerson, aProject } from '../testing/builders.ts';
import { decide } from './decide.ts';
import type { Asked } from './draft.ts';
import { undo } from './undo.ts';

const manager: Identity = { account: 'a', name: 'Helena Prado', roles: ['manager'], person: null };
const id = (letter: string) => `01JA${letter.repeat(22)}`;
const noor = aPerson(id('N'), { private: { name: 'Noor Haddad', email: null, note: null } });
const atlas = aProject(id('A'), { name: 'Atlas' });
const lead = anAssignment(id('W'), noor.id, atlas.id, { role: 'lead', from: '2026-12-07', to: '2026-12-20' });

const kindOf = (record: AnyRecord): RecordKind =>
  'employment' in record
    ? 'person'
    : 'client' in record
      ? 'project'
      : 'role' in record
        ? 'assignment'
        : 'amount' in record
          ? 'timeOff'
          : 'holiday';

/** given: one change set that made these records. */
const given = (...records: AnyRecord[]): Ledger =>
  then(emptyLedger(), set(records.map((record) => changeOf(kindOf(record), record.id, null, record))));
const set = (changes: ChangeSet['changes']): ChangeSet => ({
  at: '2026-11-30T08:00:00.000Z',
  account: 'a',
  accepted: [],
  undoes: null,
  changes,
  private: { name: 'Helena Prado', reason: null, warnings: [] },
});
const then = (ledger: Ledger, entry: ChangeSet): Ledger =>
  advance(ledger, [{ number: ledger.state.head + 1, requestId: `request ${ledger.state.head + 1}`, entry }]);
const context = { actor: manager, at: '2026-11-30T09:00:00.000Z', today: '2026-11-30', reason: null, accept: [] as string[] };
const at = (index: number) => ({ id: `commands.${index}.id`, body: `commands.${index}.record` });
const create = (kind: RecordKind, recordId: string, record: object, index = 0): Asked => ({
  do: 'create',
  kind,
  id: recordId,
  record: record as Record<string, unknown>,
  at: at(index),
});
const remove = (kind: RecordKind, recordId: string, version = 1): Asked => ({ do: 'delete', kind, id: recordId, version, at: at(0) });

function refusal(run: () => unknown): { code: string; details: Record<string, unknown> } {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, details: error.details };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('decide', () => {
  test('turns commands into before and after of each record, who and when', () => {
    const ledger = given(noor, atlas);
    const made = decide(
      ledger,
      [
        create('assignment', id('X'), {
          person: noor.id,
          project: atlas.id,
          role: 'lead',
          from: '2026-12-07',
          hoursPerWeek: 0,
          to: '2026-12-20',
        }),
      ],
      context,
    );
    expect(made).toMatchObject({ account: 'a', at: context.at, undoes: null, accepted: [] });
    expect(made.changes).toEqual([{ kind: 'assignment', id: id('X'), before: null, after: { ...lead, id: id('X'), hoursPerWeek: 0 } }]);
    expect(decide(ledger, [remove('project', atlas.id)], context).changes).toEqual([
      { kind: 'project', id: atlas.id, before: atlas, after: null },
    ]);
  });

  test('never puts a change set before the one it follows', () => {
    const early = { ...context, at: '2026-11-30T07:00:00.000Z' };
    expect(decide(given(noor), [remove('person', noor.id)], early).at).toBe('2026-11-30T08:00:00.000Z');
  });

  test.each<[string, Asked, { path: string; message: string }]>([
    [
      'an end before its start',
      create('timeOff', id('X'), { person: noor.id, from: '2026-12-07', to: '2026-12-04' }),
      { path: 'commands.0.record.to', message: 'The end is before the start: 4 Dec < 7 Dec' },
    ],
    [
      'a person who is not there',
      create('timeOff', id('X'), { person: id('Y'), from: '2026-12-07', to: '2026-12-07' }),
      { path: 'commands.0.record.person', message: 'There is no person of this id' },
    ],
    [
      'a contract that ends before it begins',
      create('person', id('X'), { patterns: [], private: noor.private, contract: { from: '2027-01-04', to: '2026-12-31' } }),
      { path: 'commands.0.record.contract.to', message: 'The end is before the start: 31 Dec 2026 < 4 Jan 2027' },
    ],
    [
      'two patterns from one day',
      create('person', id('X'), { patterns: [...noor.patterns, ...noor.patterns], private: noor.private }),
      { path: 'commands.0.record.patterns.1.from', message: 'Two patterns begin on 2020-01-01' },
    ],
    ['a record that is not there', remove('project', id('X')), { path: 'commands.0.id', message: 'There is no record of this id' }],
  ])('refuses %s by its path', (_, command, error) => {
    expect(refusal(() => decide(given(noor, atlas), [command], context))).toEqual({ code: 'invalid-input', details: { errors: [error] } });
  });

  test('refuses a record that is named twice', () => {
    const twice = refusal(() => decide(given(noor), [remove('person', noor.id), remove('person', noor.id)], context));
    expect(twice.details['errors']).toEqual([{ path: 'commands.0.id', message: 'A change set names a record once' }]);
  });

  test('lets leave overlap and hours be 0', () => {
    const leave = aLeave(id('L'), noor.id, '2026-12-07', '2026-12-11');
    const again = create('timeOff', id('M'), { person: noor.id, from: '2026-12-07', to: '2026-12-11', state: 'approved' });
    expect(decide(given(noor, leave), [again], context).changes).toHaveLength(1);
  });

  test('refuses an acceptance without a reason, and one that names another rule than is broken', () => {
    const command = create('assignment', id('X'), {
      person: noor.id,
      project: atlas.id,
      role: 'sidekick',
      from: '2026-12-07',
      to: '2026-12-20',
      hoursPerWeek: 2,
    });
    const ledger = given(noor, atlas, lead);
    expect(refusal(() => decide(ledger, [command], { ...context, accept: ['sidekick-leads'] })).code).toBe('reason-required');
    expect(refusal(() => decide(ledger, [command], { ...context, accept: ['over-allocated'], reason: 'why' })).code).toBe('broken-rules');
    const taken = decide(ledger, [command], { ...context, accept: ['sidekick-leads', 'over-allocated'], reason: 'why' });
    expect(taken.accepted).toEqual(['sidekick-leads']);
    expect(taken.changes[0]?.after).toMatchObject({ accepted: ['sidekick-leads'], private: { reason: 'why' } });
  });

  test('an acceptance stays while the rule is broken and goes when it no longer is', () => {
    const taken = anAssignment(id('X'), noor.id, atlas.id, {
      from: '2026-12-07',
      to: '2026-12-20',
      accepted: ['sidekick-leads'],
      private: { reason: 'why' },
    });
    const ledger = given(noor, atlas, lead, taken);
    const change = (patch: object): Asked => ({
      do: 'change',
      kind: 'assignment',
      id: taken.id,
      version: 1,
      patch: patch as Record<string, unknown>,
      at: at(0),
    });
    const shorter = decide(ledger, [change({ hoursPerWeek: 4 })], context).changes[0]?.after;
    expect(shorter).toMatchObject({ accepted: ['sidekick-leads'], private: { reason: 'why' } });
    const later = decide(ledger, [change({ from: '2026-12-21', to: '2026-12-27' })], context).changes[0]?.after;
    expect(later).toMatchObject({ accepted: [], private: { reason: null } });
  });
});

describe('undo', () => {
  const entryOf = (ledger: Ledger, entry: ChangeSet) => ({ number: ledger.state.head, requestId: 'r', entry });

  test('is the inverse, and the log then holds what it held', () => {
    const before = given(noor, atlas, lead);
    const deletion = decide(before, [remove('assignment', lead.id)], context);
    const deleted = then(before, deletion);
    const revived = then(deleted, undo(deleted, entryOf(deleted, deletion), context));
    expect(revived.state.assignment.get(lead.id)).toEqual({ record: lead, version: 3 });
    expect(undoneBy(revived.history, 2)).toBe(3);
  });

  test('is refused when what a restored record names has gone since, and says by what', () => {
    const before = given(noor, atlas, lead);
    const deletion = decide(before, [remove('assignment', lead.id)], context);
    const deleted = then(before, deletion);
    const without = then(deleted, decide(deleted, [remove('person', noor.id)], context));
    expect(refusal(() => undo(without, entryOf(deleted, deletion), context))).toEqual({ code: 'changed-since', details: { numbers: [3] } });
  });

  test('restores what was accepted without asking again', () => {
    const accepted: Records['assignment'] = anAssignment(id('X'), noor.id, atlas.id, {
      from: '2026-12-07',
      to: '2026-12-20',
      accepted: ['sidekick-leads'],
      private: { reason: 'why' },
    });
    const before = given(noor, atlas, lead, accepted);
    const deletion = decide(before, [remove('assignment', accepted.id)], context);
    const deleted = then(before, deletion);
    expect(undo(deleted, entryOf(deleted, deletion), context)).toMatchObject({ accepted: ['sidekick-leads'], undoes: 2 });
  });
});

describe('a snapshot', () => {
  test('brings back the ledger through JSON, and one of another schema is passed by', () => {
    const before = given(noor, atlas, lead);
    const ledger = then(before, decide(before, [remove('assignment', lead.id)], context));
    const kept = { head: 2, schema: snapshotSchema, state: JSON.parse(JSON.stringify(pack(ledger))) };
    expect(unpack(kept)).toEqual(ledger);
    expect(unpack({ ...kept, schema: snapshotSchema + 1 })).toBeNull();
    expect(unpack(null)).toBeNull();
  });
});
