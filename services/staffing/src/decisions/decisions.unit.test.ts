import { describe, expect, test } from '@jest/globals';
import { DecisionsAnswer, type Person } from '@sidekick/contracts';
import { figuresOf } from '../figures/index.ts';
import { aHoliday, aLeave, anAssignment, aPerson, aProject, stateOf } from '../testing/builders.ts';
import { decisionsOf } from './decisions.ts';

const aMonday = '2026-11-30';
const named = (name: string) => ({ private: { name, email: null, note: null } });
const spark = (level: number) => [{ skill: 'Spark', level }];
const people = {
  ana: aPerson('ana', { ...named('Ana Duarte'), region: 'PT' }),
  noor: aPerson('noor', { ...named('Noor Haddad'), region: 'PT' }),
  tomas: aPerson('tomas', { ...named('Tomás Reis'), region: 'PT' }),
};
const dates = { from: '2026-11-02', to: '2027-01-31' };
const decide = (lists: Parameters<typeof stateOf>[0], weeks = 16) => {
  const holiday = [aHoliday('PT', '2026-12-25'), aHoliday('PT', '2026-12-08'), aHoliday('PT', '2027-12-25')];
  return decisionsOf(figuresOf(stateOf({ holiday, person: Object.values(people), ...lists })), aMonday, weeks).items;
};
const lead = anAssignment('lead', 'ana', 'atlas', { role: 'lead', hoursPerWeek: 24, ...dates });
const backed = anAssignment('backed', 'noor', 'atlas', dates);

describe('a gap', () => {
  const atlas = aProject('atlas', { name: 'Atlas', ...dates });

  test('is named by its first state, with its other weeks, its hours and who could help, to decide on the last working day before', () => {
    const [gap, ...rest] = decide({
      project: [atlas],
      assignment: [
        lead,
        { ...backed, id: 'a', to: '2026-12-06' },
        { ...backed, id: 'b', from: '2026-12-28' },
        anAssignment('c', 'tomas', 'atlas', { role: 'contributor', ...dates }),
      ],
      timeOff: [aLeave('t', 'ana', '2026-12-21', '2026-12-24')],
    });
    expect(rest).toEqual([]);
    expect(gap).toMatchObject({
      kind: 'gap',
      id: 'gap:atlas:2026-W50',
      from: '2026-12-07',
      to: '2026-12-27',
      decideBy: '2026-12-04',
      hours: 24,
      title: 'Atlas has no sidekick 7 Dec – 27 Dec',
      detail: '3 weeks, 24 h; alone 21 Dec – 27 Dec. Ana is on leave. Noor could: 30.4 h free in the fullest week, 1 more could.',
      weeks: [
        { week: '2026-W50', state: 'none' },
        { week: '2026-W51', state: 'none' },
        { week: '2026-W52', state: 'alone' },
      ],
    });
  });

  test('after a holiday of everybody is decided on the day before the holiday', () => {
    const [gap] = decide({
      project: [atlas],
      assignment: [lead, backed],
      timeOff: [aLeave('t', 'noor', '2026-12-28', '2027-01-01')],
    });
    expect(gap).toMatchObject({ title: 'Atlas is off 28 Dec – 3 Jan', decideBy: '2026-12-24' });
    expect(gap?.detail).toBe('1 week, 8 h. Noor is on leave. Tomás could: 38 h free in the fullest week.');
  });

  test('says that a project starts without, that a sidekick is tentative, and what a sidekick misses', () => {
    const titles = decide({
      project: [
        aProject('coral', { name: 'Coral Index', from: '2027-01-11', to: '2027-01-31' }),
        aProject('ocean', { name: 'Ocean Accounts', from: '2027-01-11', to: '2027-01-31' }),
        aProject('trase', { name: 'Trase portal', from: '2027-01-11', to: '2027-01-31', requiredSkills: spark(3) }),
      ],
      assignment: [
        ...['coral', 'ocean', 'trase'].map((project) =>
          anAssignment(`lead of ${project}`, 'ana', project, { role: 'lead', hoursPerWeek: 8 }),
        ),
        anAssignment('t', 'noor', 'ocean', { state: 'tentative' }),
        anAssignment('s', 'tomas', 'trase'),
      ],
    }).map(({ title, detail }) => [title, detail]);
    expect(titles).toEqual([
      ['Coral Index starts 11 Jan without a sidekick', '3 weeks, 24 h. Noor could: 38 h free in the fullest week, 1 more could.'],
      ['Ocean Accounts: Noor is tentative 11 Jan – 31 Jan', '3 weeks, 24 h. Tomás could: 30 h free in the fullest week.'],
      [
        'Trase portal is below skill 11 Jan – 31 Jan',
        '3 weeks, 0 h. Tomás has Spark 0 of 3. Nobody has the skill and the hours for all of it.',
      ],
    ]);
  });

  test('that runs already begins today, and one whose project ended earlier this week is past deciding', () => {
    const monday = { from: '2026-11-02', to: '2026-12-31' };
    const item = aProject('late', { name: 'Late', ...monday });
    const figures = figuresOf(
      stateOf({ person: [{ ...people.ana, region: null }], project: [item], assignment: [{ ...lead, project: 'late' }] }),
    );
    expect(decisionsOf(figures, '2026-12-30', 4).items).toMatchObject([{ from: '2026-12-30', to: '2026-12-31', decideBy: '2026-12-30' }]);
    expect(decisionsOf(figures, '2027-01-01', 4).items).toEqual([]);
    const ids = [aMonday, '2026-12-14', '2026-12-30'].map((today) => decisionsOf(figures, today, 4).items[0]?.id);
    expect(new Set(ids)).toEqual(new Set(['gap:late:2026-W45']));
  });
});

describe('other matters', () => {
  test('a project without a lead says who led before', () => {
    const [open] = decide({
      project: [aProject('soil', { name: 'Soil Map', from: '2026-11-02', to: '2027-02-14' })],
      assignment: [
        anAssignment('l', 'ana', 'soil', { role: 'lead', to: '2027-01-24' }),
        anAssignment('s', 'noor', 'soil', { to: '2027-02-14' }),
      ],
    });
    expect(open).toMatchObject({
      kind: 'open-lead',
      title: 'Soil Map has no lead 25 Jan – 14 Feb',
      detail: 'Ana led until 24 Jan, nothing confirmed after.',
      decideBy: '2027-01-22',
    });
  });

  test('a request for leave tells what it costs, and not what it is for', () => {
    const request = aLeave('t', 'noor', '2026-12-21', '2026-12-24', {
      state: 'requested',
      private: { kind: 'illness', note: 'secret', reason: null },
    });
    const [asked, ...rest] = decide({
      project: [aProject('atlas', { name: 'Atlas', ...dates })],
      assignment: [lead, backed],
      timeOff: [
        request,
        aLeave('u', 'ana', '2026-12-21', '2026-12-24'),
        aLeave('v', 'tomas', '2026-11-16', '2026-11-20', { state: 'requested' }),
      ],
    });
    expect(rest).toEqual([]);
    expect(asked).toMatchObject({
      kind: 'leave-request',
      title: 'Noor Haddad asks for leave 21 Dec – 24 Dec',
      detail:
        '4 days, 32 h. Atlas would be alone the week of 21 Dec; 6.4 h of work lost, 6.4 h of them stranded. Nobody who leads or backs up Atlas works on 4 days from 21 Dec to 24 Dec.',
      lostCover: 1,
      decideBy: '2026-12-18',
    });
    expect(JSON.stringify(asked)).not.toMatch(/illness|secret/);
  });

  test('requests of one set are one matter, from the first to the last, with what all of them cost', () => {
    const fridays = ['2026-12-18', '2026-12-04', '2027-06-18'].map((day) =>
      aLeave(`t${day}`, 'noor', day, day, { state: 'requested', set: 't2026-12-04' }),
    );
    const [asked, alone, ...rest] = decide({
      project: [aProject('atlas', { name: 'Atlas', ...dates })],
      assignment: [lead, backed],
      timeOff: [...fridays, aLeave('u', 'noor', '2027-01-08', '2027-01-08', { state: 'requested' })],
    });
    expect(rest).toEqual([]);
    expect(asked).toMatchObject({
      kind: 'leave-request',
      id: 'leave-request:t2026-12-04',
      from: '2026-12-04',
      to: '2027-06-18',
      decideBy: '2026-12-03',
      title: 'Noor Haddad asks for leave 3 times, 4 Dec 2026 – 18 Jun 2027',
      detail: '3 days, 24 h. No project loses cover; 3.2 h of work lost.',
      timeOff: 't2026-12-04',
      hours: 24,
    });
    expect(alone).toMatchObject({ title: 'Noor Haddad asks for leave 8 Jan' });
  });

  test('somebody over capacity is named with hours, weeks and work', () => {
    const [over] = decide({
      project: [
        aProject('atlas', { name: 'Atlas', policy: 'no-sidekick', ...dates }),
        aProject('b', { name: 'Basin', policy: 'no-sidekick', ...dates }),
      ],
      assignment: [
        { ...lead, hoursPerWeek: 28 },
        anAssignment('b', 'noor', 'b', { ...dates, role: 'lead' }),
        anAssignment('x', 'ana', 'b', { role: 'contributor', hoursPerWeek: 16, from: '2027-01-11', to: '2027-01-24' }),
      ],
    });
    expect(over).toMatchObject({
      kind: 'over-allocated',
      title: 'Ana Duarte is 4 h over each week, 11 Jan – 24 Jan',
      detail: 'Lead on Atlas 28 h and contributor on Basin 16 h; net 40 h in the first week. 2 weeks, 8 h together.',
      hours: 8,
    });
  });

  test('a proposal is asked for, and a contract that ends while its person works starts a handover', () => {
    const items = decide({
      person: [people.ana, people.noor, aPerson('diego', { ...named('Diego Ruiz'), contract: { from: null, to: '2027-01-29' } })],
      project: [
        aProject('port', { name: 'Port Emissions', client: 'Harbour Union', state: 'proposal', from: '2027-02-01', to: '2027-03-14' }),
        aProject('data', { name: 'Data Hub', policy: 'no-sidekick', ...dates }),
      ],
      assignment: [
        anAssignment('p1', 'ana', 'port', { role: 'lead', state: 'tentative', hoursPerWeek: 16, from: '2027-02-01', to: '2027-03-14' }),
        anAssignment('p2', 'noor', 'port', { state: 'tentative', from: '2027-02-01', to: '2027-03-14' }),
        anAssignment('d', 'diego', 'data', { role: 'lead', hoursPerWeek: 20, ...dates }),
      ],
    });
    expect(items.map(({ title, detail, decideBy }) => [title, detail, decideBy])).toEqual([
      [
        'Diego Ruiz’s contract ends 29 Jan',
        'Lead on Data Hub 20 h until then: hand over, or extend the contract. No project loses cover in the 8 weeks after.',
        '2027-01-28',
      ],
      ['Port Emissions: can it start 1 Feb?', 'Asked by Harbour Union. Ana leads 16 h, Noor backs 8 h; all have the hours.', '2027-01-29'],
    ]);
  });
});

test('holidays are missed of the years in which somebody is in a region, from the day on which they are', () => {
  const missed = (person: readonly Person[]) =>
    decisionsOf(figuresOf(stateOf({ person, holiday: [aHoliday('PT', '2026-12-08'), aHoliday('ES', '2027-01-06')] })), aMonday, 26)
      .items.filter(({ kind }) => kind === 'no-calendar')
      .map((one) => [one.title, one.from, one.kind === 'no-calendar' ? [one.years, one.people] : []]);
  const moving = aPerson('ana', { ...named('Ana Duarte'), region: 'PT', moves: [{ from: '2027-03-01', region: 'ES' }] });
  // In Portugal until the end of February; in Spain in 2027 alone, which is loaded.
  expect(missed([moving])).toEqual([['No holidays of PT are loaded for 2027', '2027-01-01', [[2027], ['ana']]]]);
  const leaving = { contract: { from: null, to: '2026-12-31' } };
  const unloaded = { region: 'PT', moves: [{ from: '2027-03-01', region: 'DE' }] };
  expect(missed([aPerson('noor', { region: 'PT', ...leaving })])).toEqual([]);
  expect(missed([{ ...moving, ...unloaded }, aPerson('noor', { region: 'PT', ...leaving })])).toEqual([
    ['No holidays of PT are loaded for 2027', '2027-01-01', [[2027], ['ana']]],
    ['No holidays of DE are loaded for 2027', '2027-03-01', [[2027], ['ana']]],
  ]);
});

test('decisions come by the day to decide and have the form of the contract', () => {
  const items = decide({
    project: [aProject('atlas', { name: 'Atlas', ...dates }), aProject('coral', { name: 'Coral', from: '2026-12-14', to: '2026-12-20' })],
    assignment: [lead, { ...backed, to: '2026-12-27' }],
  });
  const days = items.map(({ decideBy }) => decideBy);
  expect(days.length).toBeGreaterThan(2);
  expect(days).toEqual([...days].sort());
  const ids = JSON.stringify({ head: 1, today: aMonday, items }).replace(
    /"(project|person|timeOff)":"\w+"/g,
    '"$1":"01ARZ3NDEKTSV4RRFFQ69G5FAV"',
  );
  expect(DecisionsAnswer.safeParse(JSON.parse(ids)).error).toBeUndefined();
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
});
