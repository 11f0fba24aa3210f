import { describe, expect, test } from '@jest/globals';
import { events, type Identity, type RecordKind, type Records, recordBodies, records } from '@sidekick/contracts';
import { masked } from '../access/mask.ts';
import { bodyOf, recordOf } from '../deciding/bodies.ts';
import { type AnyRecord, changeOf } from '../kinds/change.ts';
import { aHoliday, aLeave, anAssignment, aPerson, aProject, stateOf } from '../testing/builders.ts';
import { kindOf } from './kinds.ts';

const idOf = (letter: string) => `01JA${letter.repeat(22)}`;
const [noor, atlas] = [idOf('N'), idOf('A')];
const secret = 'about Noor';

/** One record of each kind, with words in every member that may hold some about people, as the rules keep it. */
const kept: Records = {
  person: aPerson(noor, { region: 'PT', private: { name: 'Noor Haddad', email: 'noor@example.org', note: secret } }),
  project: aProject(atlas, { name: 'Atlas', requiredSkills: [{ skill: 'React', level: 3 }] }),
  assignment: anAssignment(idOf('W'), noor, atlas, { accepted: ['over-allocated'], private: { reason: secret } }),
  timeOff: aLeave(idOf('T'), noor, '2026-12-07', '2026-12-11', {
    accepted: ['joint-absence'],
    private: { kind: secret, note: secret, reason: secret },
  }),
  holiday: aHoliday('PT', '2026-12-08', { id: idOf('H') }),
};
const each = Object.entries(kept) as [RecordKind, AnyRecord][];
const colleague: Identity = { account: 'b', name: 'Ben', roles: ['engineer'], person: idOf('B') };
const namesOf = (kind: string) => ({ person: 'Noor Haddad', project: 'Atlas' })[kind] ?? 'something else';

describe.each(each)('a record of kind %s', (kind, record) => {
  const own = kindOf(kind);

  test('is what its schema says, and is made again from its body with what the rules keep', () => {
    expect(records[kind].parse(record)).toEqual(record);
    expect(recordOf(kind, record.id, bodyOf(kind, record), record)).toEqual(record);
    expect(recordBodies[kind].safeParse(bodyOf(kind, record)).success).toBe(true);
    expect(own.tidy(record)).toEqual(record);
  });

  test('tells others nothing that is for the person whom it is about, who reads all of it', () => {
    expect(JSON.stringify(masked(kind, record, colleague))).not.toContain(secret);
    expect(masked(kind, record, { ...colleague, person: own.about(record) })).toEqual(record);
    expect(JSON.stringify(own.shareable(record))).not.toMatch(/about Noor|noor@/);
    const told = { reason: 'changed', deleted: false, state: own.shareable(record) };
    expect(events[own.event].parse(told)).toEqual(told);
  });

  test('has no word about the person left once it is redacted, and is else as it was', () => {
    const redacted = own.redacted(record);
    expect(JSON.stringify(redacted)).not.toMatch(/Noor|noor@/);
    expect(own.redacted(redacted)).toEqual(redacted);
    expect({ ...redacted, private: null }).toEqual({ ...record, private: null });
  });

  test('names the records it says it does, by the path of each in its body', () => {
    const body = bodyOf(kind, record);
    for (const { id, path } of own.names(record)) expect(body[path]).toBe(id);
    const named = new Set(own.names(record).map((one) => one.kind));
    for (const other of named) expect(kindOf(other).called).not.toBeNull();
    const ids = JSON.stringify(body).match(/01JA[A-Z]{22}/g) ?? [];
    expect(own.names(record).map(({ id }) => id)).toEqual(ids);
  });

  test('is told in a sentence when it is made, changed and gone, and never why', () => {
    const { phrase, made, changed } = own.sentences;
    const told = [
      phrase(record, namesOf, '2026'),
      made(record, namesOf, '2026'),
      changed(record, { ...record, sample: true }, namesOf, '2026'),
    ];
    for (const sentence of told) {
      expect(sentence).toMatch(/Noor Haddad|Atlas|a holiday in PT/);
      expect(sentence).not.toContain(secret);
    }
  });

  test('asks nothing of what was kept before and stays', () => {
    const change = changeOf(kind, record.id, record, record);
    const state = stateOf({ person: [kept.person], project: [kept.project] });
    expect(own.impossible(record)).toEqual([]);
    expect(own.unfit(change as never, state, '2099-01-01')).toEqual([]);
  });
});
