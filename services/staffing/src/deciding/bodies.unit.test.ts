import { describe, expect, test } from '@jest/globals';
import { aLeave, anAssignment, anOpening, aVolunteer } from '../testing/builders.ts';
import { bodyOf, recordOf } from './bodies.ts';

const idOf = (letter: string) => `01JA${letter.repeat(22)}`;
const [noor, ben, atlas] = [idOf('N'), idOf('B'), idOf('A')];
const said = 'about Noor';

describe('what was said of one person passes to no other', () => {
  const work = anAssignment(idOf('W'), noor, atlas, { accepted: ['over-allocated'], private: { reason: said, note: said } });
  const leave = aLeave(idOf('T'), noor, '2026-12-07', '2026-12-11', { private: { kind: said, note: said, reason: said } });
  const offer = aVolunteer(idOf('V'), noor, atlas, { private: { note: said } });
  test.each([
    ['assignment', work, { reason: null }],
    ['timeOff', leave, { kind: null, note: null, reason: null }],
    ['volunteer', offer, { note: null }],
  ] as const)('where %s goes to somebody else, whose words come with it', (kind, record, none) => {
    const handed = recordOf(kind, record.id, { ...bodyOf(kind, record), person: ben }, record);
    expect(handed).toMatchObject({ person: ben });
    expect((handed as typeof record).private).toEqual(none);
    const sent = { ...bodyOf(kind, record), person: ben, private: { note: 'about Ben' } };
    expect(recordOf(kind, record.id, sent, record)).toMatchObject({ private: { ...none, note: 'about Ben' } });
  });

  test('and stays while the record is about the same person, or about nobody', () => {
    expect(recordOf('assignment', work.id, { ...bodyOf('assignment', work), hoursPerWeek: 4 }, work)).toEqual({ ...work, hoursPerWeek: 4 });
    const place = anOpening(idOf('P'), atlas, { private: { note: said } });
    expect(recordOf('opening', place.id, { ...bodyOf('opening', place), project: idOf('C') }, place)).toMatchObject({
      private: { note: said },
    });
  });
});
