import { expect, jest, test } from '@jest/globals';
import type { AssignmentView, VolunteerView } from '@sidekick/contracts';
import { byId } from '../../staffing/lists.ts';
import { idOf } from '../../testing/portal.ts';
import { aLeave, anAssignment, ana, aPerson, aProject, atlas, jonas, noor } from '../../testing/staffing.ts';
import { leftBy } from './leaving.ts';
import { meanwhileOf, seenOf, staying } from './meanwhile.ts';

const person = aPerson(ana, 'Ana Duarte');
const people = byId([person, aPerson(noor, 'Noor Haddad'), aPerson(jonas, 'Jonas Weber')]);
const projects = byId([aProject(atlas, 'Atlas')]);
const lead = anAssignment(idOf(21), ana);
const rest = { timeOff: [], volunteers: [], wishes: [], teams: [] };
const noors = anAssignment(idOf(29), noor, { from: '2026-12-14' });
const day = '2026-12-18';

function told(assignments: AssignmentView[], work: Record<string, string>, settled: Record<string, string> = {}) {
  const choose = jest.fn<(id: string, whose: 'mine' | 'theirs', over: string) => void>();
  const others = [anAssignment(idOf(28), jonas, { from: '2026-10-05', to: '2027-03-14' })];
  const seen = seenOf(leftBy(person, { assignments: [lead, ...others], ...rest }), [lead, ...others]);
  const all = [...assignments, ...others];
  const now = leftBy(person, { assignments: all, ...rest });
  const records = { people, projects, assignments: all, timeOff: [] };
  const list = meanwhileOf({ person: ana, seen, now, day, choices: { work, kept: [], teams: {} }, settled, records, choose });
  return { list, choose };
}

test('what nobody changed, or what changed in its version alone, is not told', () => {
  expect(told([{ ...lead, version: 9 }], { [lead.id]: jonas }).list).toEqual([]);
});

test('a change of other fields is told and taken along', () => {
  const { list } = told([{ ...lead, hoursPerWeek: 16 }], { [lead.id]: jonas });
  expect(list).toEqual([
    {
      id: lead.id,
      conflicts: [],
      theirs: [
        {
          ...{ key: lead.id, label: 'Lead on Atlas' },
          ...{ was: '24 h a week, 5 Oct 2026 – 14 Mar 2027', now: '16 h a week, 5 Oct 2026 – 14 Mar 2027' },
        },
      ],
    },
  ]);
});

test('a lead that somebody else handed over meanwhile is told with both values', () => {
  const { list } = told([{ ...lead, to: '2026-12-13' }, noors], { [lead.id]: jonas });
  expect(list.map(({ theirs, conflicts }) => [theirs, conflicts])).toEqual([
    [
      [
        {
          ...{ key: lead.id, label: 'Lead on Atlas' },
          was: '24 h a week, 5 Oct 2026 – 14 Mar 2027; here it went to Jonas Weber 19 Dec 2026 – 14 Mar 2027',
          now: '24 h a week, 5 Oct – 13 Dec 2026; Noor Haddad, 24 h a week, 14 Dec 2026 – 14 Mar 2027',
        },
      ],
      [],
    ],
  ]);
});

test('while days are left on it, one of both is chosen, and the choice holds until it changes again', () => {
  const { list, choose } = told([lead, noors], { [lead.id]: jonas });
  const conflict = list[0]?.conflicts[0];
  const over = '24 h a week, 5 Oct 2026 – 14 Mar 2027; Noor Haddad, 24 h a week, 14 Dec 2026 – 14 Mar 2027';
  expect(conflict).toMatchObject({ mine: 'Jonas Weber 19 Dec 2026 – 14 Mar 2027', now: over });
  conflict?.choose('theirs');
  expect(choose).toHaveBeenCalledWith(lead.id, 'theirs', over);
  expect(told([lead, noors], { [lead.id]: jonas }, { [lead.id]: over }).list).toEqual([]);
  expect(told([lead, { ...noors, hoursPerWeek: 8 }], { [lead.id]: jonas }, { [lead.id]: over }).list[0]?.conflicts).toHaveLength(1);
});

test('handing over to the same person is no conflict, and work that came since is told', () => {
  expect(told([lead, noors], { [lead.id]: noor }).list[0]?.conflicts).toEqual([]);
  expect(told([lead, anAssignment(idOf(30), ana, { role: 'contributor' })], {}).list[0]?.theirs[0]).toMatchObject({
    label: 'Contributor on Atlas',
    was: 'not there',
  });
});

test('leave, offers and wishes that came or changed since stay until they are ticked as they stand, and are told', () => {
  const offer: VolunteerView = { id: idOf(41), version: 2, person: ana, project: atlas, private: { note: null }, sample: false };
  const wish = { id: idOf(42), version: 3, person: ana, skill: 'Go', sample: false };
  const lists = { assignments: [], teams: [], volunteers: [offer], wishes: [wish] };
  const seen = seenOf(leftBy(person, { ...lists, timeOff: [aLeave(idOf(31), ana)] }), []);
  const changed = aLeave(idOf(31), ana, { version: 5, state: 'approved' });
  const now = leftBy(person, { ...lists, timeOff: [changed, aLeave(idOf(32), ana)], wishes: [] });
  expect(staying(now, seen, [], [])).toEqual([idOf(31), idOf(32)]);
  expect(staying(now, seen, [offer.id], [`${idOf(31)} 5`])).toEqual([idOf(32), offer.id]);
  expect(staying(now, seen, [], [`${idOf(31)} 4`])).toContain(idOf(31));
  const records = { people, projects, assignments: [], timeOff: [] };
  const choices = { work: {}, kept: [], teams: {} };
  const list = meanwhileOf({ person: ana, seen, now, day, choices, settled: {}, records, choose: () => undefined });
  const stays = '; it stays unless it is ticked below';
  expect(list.flatMap(({ theirs }) => theirs.map(({ label, was, now: is }) => [label, was, is]))).toEqual([
    ['Leave', '21 Dec – 24 Dec 2026, asked for', `21 Dec – 24 Dec 2026, approved${stays}`],
    ['Wish to learn Go', 'there', 'taken back'],
    ['Leave', 'not there', `21 Dec – 24 Dec 2026, asked for${stays}`],
  ]);
});
