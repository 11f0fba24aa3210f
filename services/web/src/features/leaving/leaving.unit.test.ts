import { expect, test } from '@jest/globals';
import type { TeamView, VolunteerView, WishView } from '@sidekick/contracts';
import { idOf } from '../../testing/portal.ts';
import { aLeave, anAssignment, ana, aPerson, atlas, jonas, noor } from '../../testing/staffing.ts';
import { type Choices, leavingCommands, leftBy } from './leaving.ts';

const today = '2026-11-30';
const day = '2026-12-18';
const [lead, coming, open, over] = [idOf(21), idOf(22), idOf(23), idOf(24)];
const none: Choices = { work: {}, kept: [], teams: {} };
const offer: VolunteerView = { id: idOf(41), version: 2, person: ana, project: atlas, private: { note: null }, sample: false };
const wish: WishView = { id: idOf(42), version: 3, person: ana, skill: 'Go', sample: false };
const team: TeamView = { id: idOf(51), version: 5, name: 'Platform', people: [ana, noor], lead: ana, sample: false };

const lists = {
  assignments: [
    anAssignment(over, ana, { from: '2026-01-05', to: day }),
    anAssignment(open, ana, { role: 'contributor', project: idOf(12), to: null, state: 'tentative', hoursPerWeek: 6 }),
    anAssignment(coming, ana, { role: 'sidekick', from: '2027-01-04', to: '2027-02-07' }),
    anAssignment(lead, ana),
    anAssignment(idOf(25), jonas),
  ],
  timeOff: [
    aLeave(idOf(31), ana),
    aLeave(idOf(32), ana, { from: '2026-12-17', to: '2026-12-22', state: 'approved' }),
    aLeave(idOf(33), ana, { state: 'declined' }),
    aLeave(idOf(34), ana, { from: '2026-12-01', to: '2026-12-02' }),
    aLeave(idOf(35), jonas),
  ],
  volunteers: [offer, { ...offer, id: idOf(43), person: noor }],
  wishes: [wish],
  teams: [team, { ...team, id: idOf(52), people: [noor], lead: null }],
};
const left = leftBy(aPerson(ana, 'Ana Duarte'), lists);
const commands = (choices: Partial<Choices>, last = day, person = left.person) =>
  leavingCommands({ ...left, person }, last, { ...none, ...choices }, today, (of) => `new ${of}`);
const about = (kind: string, list: ReturnType<typeof commands>) => list.filter((one) => one.kind === kind);

test('whoever leaves leaves nothing planned after the last day, and what is over by then stays', () => {
  expect(left.work.map(({ id }) => id)).toEqual([over, lead, coming, open]);
  const made = commands({});
  expect(made[0]).toEqual({ do: 'change', kind: 'person', id: ana, version: 1, patch: { contract: { to: day } } });
  expect(about('assignment', made)).toEqual([
    { do: 'change', kind: 'assignment', id: lead, version: 4, patch: { to: day } },
    { do: 'delete', kind: 'assignment', id: coming, version: 4 },
    { do: 'change', kind: 'assignment', id: open, version: 4, patch: { to: day } },
  ]);
});

test('work is handed over from the day after, with its hours and state; what begins later as a whole', () => {
  const made = about('assignment', commands({ work: { [lead]: noor, [coming]: jonas, [open]: jonas } }));
  const common = { project: atlas, sample: false };
  expect(made).toEqual([
    { do: 'change', kind: 'assignment', id: lead, version: 4, patch: { to: day } },
    {
      ...{ do: 'create', kind: 'assignment', id: `new ${lead}` },
      record: { ...common, person: noor, role: 'lead', from: '2026-12-19', to: '2027-03-14', hoursPerWeek: 24, state: 'confirmed' },
    },
    { do: 'change', kind: 'assignment', id: coming, version: 4, patch: { person: jonas } },
    { do: 'change', kind: 'assignment', id: open, version: 4, patch: { to: day } },
    {
      ...{ do: 'create', kind: 'assignment', id: `new ${open}` },
      record: {
        ...{ ...common, project: idOf(12), person: jonas, role: 'contributor', from: '2026-12-19', to: null },
        ...{ hoursPerWeek: 6, state: 'tentative' },
      },
    },
  ]);
});

test('a place is kept open from the day after, with its hours', () => {
  const made = commands({ work: { [lead]: 'open', [coming]: 'open' } });
  const common = { project: atlas, hoursPerWeek: 24, skills: [], private: { note: null }, sample: false };
  expect(about('opening', made)).toEqual([
    {
      ...{ do: 'create', kind: 'opening', id: `new ${lead}` },
      record: { ...common, role: 'lead', from: '2026-12-19', to: '2027-03-14' },
    },
    {
      ...{ do: 'create', kind: 'opening', id: `new ${coming}` },
      record: { ...common, role: 'sidekick', from: '2027-01-04', to: '2027-02-07' },
    },
  ]);
  expect(about('assignment', made).slice(0, 2)).toEqual([
    { do: 'change', kind: 'assignment', id: lead, version: 4, patch: { to: day } },
    { do: 'delete', kind: 'assignment', id: coming, version: 4 },
  ]);
});

test('leave after the day is withdrawn or cut, offers and wishes go, unless they are kept', () => {
  const made = commands({});
  expect(about('timeOff', made)).toEqual([
    { do: 'delete', kind: 'timeOff', id: idOf(31), version: 2 },
    { do: 'change', kind: 'timeOff', id: idOf(32), version: 2, patch: { to: day } },
  ]);
  expect(about('volunteer', made)).toEqual([{ do: 'delete', kind: 'volunteer', id: offer.id, version: 2 }]);
  expect(about('wish', made)).toEqual([{ do: 'delete', kind: 'wish', id: wish.id, version: 3 }]);
  const kept = commands({ kept: [idOf(31), offer.id, wish.id] });
  expect([about('timeOff', kept).length, about('volunteer', kept).length, about('wish', kept).length]).toEqual([1, 0, 0]);
});

test('a team keeps its lead until one is chosen, and loses who has left already', () => {
  const patches = (choice: string | null, last = day) =>
    about('team', commands(choice === null ? {} : { teams: { [team.id]: choice } }, last)).map((one) => 'patch' in one && one.patch);
  expect(patches(null)).toEqual([]);
  expect(patches('off')).toEqual([{ lead: null, people: [noor] }]);
  expect(patches(noor)).toEqual([{ lead: noor }]);
  expect(patches(jonas)).toEqual([]);
  expect(patches(noor, '2026-11-27')).toEqual([{ lead: noor, people: [noor] }]);
});

test('asked for again it does what is left to do, and nothing where nothing is', () => {
  const ended = { ...left.person, contract: { from: null, to: day } };
  expect(about('person', commands({}, day, ended))).toEqual([]);
  const nothing = leftBy(ended, { assignments: [], timeOff: [], volunteers: [], wishes: [], teams: [] });
  expect(leavingCommands(nothing, day, none, today, (of) => of)).toEqual([]);
});
