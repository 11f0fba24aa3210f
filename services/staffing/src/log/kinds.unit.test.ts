import { describe, expect, test } from '@jest/globals';
import { type EventType, events, type Identity, type RecordKind, type Records, recordBodies, records } from '@sidekick/contracts';
import { masked } from '../access/mask.ts';
import { mayRead } from '../access/rights.ts';
import { bodyOf, recordOf } from '../deciding/bodies.ts';
import { type AnyRecord, changeOf } from '../kinds/change.ts';
import {
  aBudget,
  aHoliday,
  aLeave,
  anAssignment,
  anOpening,
  aPerson,
  aProject,
  aRate,
  aSkill,
  aTeam,
  aView,
  aVolunteer,
  aWeekNote,
  aWish,
  someSettings,
  stateOf,
} from '../testing/builders.ts';
import { kindOf } from './kinds.ts';

const idOf = (letter: string) => `01JA${letter.repeat(22)}`;
const [noor, atlas] = [idOf('N'), idOf('A')];
const secret = 'about Noor';

/** One record of each kind, with words in every member that may hold some about people, as the rules keep it. */
const kept: Records = {
  person: aPerson(noor, { region: 'PT', private: { name: 'Noor Haddad', email: 'noor@example.org', note: secret } }),
  project: aProject(atlas, { name: 'Atlas', requiredSkills: [{ skill: 'React', level: 3 }] }),
  assignment: anAssignment(idOf('W'), noor, atlas, { accepted: ['over-allocated'], private: { reason: secret, note: secret } }),
  timeOff: aLeave(idOf('T'), noor, '2026-12-07', '2026-12-11', {
    accepted: ['joint-absence'],
    private: { kind: secret, note: secret, reason: secret },
  }),
  holiday: aHoliday('PT', '2026-12-08', { id: idOf('H') }),
  team: aTeam(idOf('M'), [noor], { name: 'Platform' }),
  skill: aSkill(idOf('S'), 'PostgreSQL', ['Postgres']),
  rate: aRate(idOf('R'), noor, 8_550, { project: atlas }),
  budget: aBudget(idOf('G'), atlas, { money: 1_200_000, hours: 200 }),
  settings: someSettings(idOf('E'), 'CHF'),
  volunteer: aVolunteer(idOf('V'), noor, atlas, { private: { note: secret } }),
  wish: aWish(idOf('X'), noor, 'Rust'),
  opening: anOpening(idOf('P'), atlas, { skills: [{ skill: 'Python', level: 3 }], private: { note: secret } }),
  view: aView(idOf('Z'), 'Backend'),
  weekNote: aWeekNote(idOf('K'), atlas, { private: { note: secret } }),
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
    const about = own.about(record);
    if (own.readers === 'everybody')
      expect(masked(kind, record, { ...colleague, person: about })).toEqual(about === null ? own.masked(record) : record);
    expect(JSON.stringify(own.shareable(record))).not.toMatch(/about Noor|noor@/);
    if (own.event === null) return;
    const told = { reason: 'changed', deleted: false, state: own.shareable(record) };
    expect(events[own.event as EventType].parse(told)).toEqual(told);
  });

  test('is whole for its readers, and for others nothing that any event tells', () => {
    const manager: Identity = { ...colleague, roles: ['manager'] };
    expect(masked(kind, record, manager)).toEqual(record);
    expect([mayRead(manager, kind), mayRead(colleague, kind)]).toEqual([true, own.readers === 'everybody']);
    if (own.readers === 'everybody') return;
    expect(masked(kind, record, colleague)).toEqual({});
    expect(own.event).toBeNull();
  });

  test('has no word about the person left once it is redacted, and is else as it was', () => {
    const redacted = own.redacted(record);
    expect(JSON.stringify(redacted)).not.toMatch(/Noor|noor@/);
    expect(own.redacted(redacted)).toEqual(redacted);
    expect({ ...redacted, private: null }).toEqual({ ...record, private: null });
  });

  test('names the records it says it does, by the path of each in its body', () => {
    const body = bodyOf(kind, record);
    for (const { id, path } of own.names(record)) expect(path.split('.').reduce<any>((value, key) => value[key], body)).toBe(id);
    const named = new Set(own.names(record).map((one) => one.kind));
    for (const other of named) expect(kindOf(String(other)).called).not.toBeNull();
    const ids = JSON.stringify(body).match(/01JA[A-Z]{22}/g) ?? [];
    expect(own.names(record).map(({ id }) => id)).toEqual([...new Set(ids)]);
  });

  test('is told in a sentence when it is made, changed and gone, and never why', () => {
    const { phrase, made, changed } = own.sentences;
    const told = [
      phrase(record, namesOf, '2026'),
      made(record, namesOf, '2026'),
      changed(record, { ...record, sample: true }, namesOf, '2026', true),
    ];
    for (const sentence of told) {
      expect(sentence).toMatch(/Noor Haddad|Atlas|a holiday in PT|Team Platform|Skill PostgreSQL|Settings|View Backend/);
      expect(sentence).not.toContain(secret);
      expect(sentence).not.toMatch(/8.?550|85[.,]50|1.?200.?000|12.?000/);
    }
  });

  test('asks nothing of what was kept before and stays', () => {
    const change = changeOf(kind, record.id, record, record);
    const state = stateOf(Object.fromEntries(each.map(([one, own]) => [one, [own]])));
    expect(own.impossible(record, state)).toEqual([]);
    expect(own.unfit(change as never, state, '2099-01-01')).toEqual([]);
  });
});
