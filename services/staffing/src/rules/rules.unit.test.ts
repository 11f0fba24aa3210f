import { describe, expect, test } from '@jest/globals';
import { dayOf, isoDay } from '@sidekick/calendar';
import type { Records } from '@sidekick/contracts';
import { figuresOf } from '../figures/index.ts';
import { type Change, changeOf } from '../kinds/change.ts';
import { kindOf } from '../log/kinds.ts';
import { apply } from '../log/ledger.ts';
import { aHoliday, aLeave, anAssignment, aPerson, aProject, stateOf } from '../testing/builders.ts';
import { brokenRules } from './index.ts';
import { scopeOf } from './scope.ts';

type Lists = Parameters<typeof stateOf>[0];

/** given: records; when: changes; then: what is newly broken, without the sentence. */
function broken(given: Lists, ...changes: Change[]) {
  const before = stateOf(given);
  const after = apply(before, [{ number: 2, changes }]);
  return brokenRules(scopeOf(figuresOf(before), figuresOf(after), changes, '2026-11-30'));
}
const codes = (given: Lists, ...changes: Change[]) => broken(given, ...changes).map(({ code, weeks }) => [code, ...weeks]);
const made = (record: Records['assignment']) => changeOf('assignment', record.id, null, record);
const moved = (record: Records['assignment'], over: Partial<Records['assignment']>) =>
  changeOf('assignment', record.id, record, { ...record, ...over });
const december = { from: '2026-12-07', to: '2026-12-20' };

const noor = aPerson('Noor');
const ben = aPerson('Ben');
const atlas = aProject('Atlas');
const group = { person: [noor, ben], project: [atlas] };

describe('sidekick-leads', () => {
  const lead = anAssignment('lead', 'Noor', 'Atlas', { ...december, role: 'lead' });

  test('refuses a sidekick who already leads the project in the same week, though on other days of it', () => {
    const given = { ...group, assignment: [{ ...lead, to: '2026-12-15' }] };
    const cover = anAssignment('cover', 'Noor', 'Atlas', { from: '2026-12-17', to: '2026-12-30' });
    expect(codes(given, made(cover))).toEqual([['sidekick-leads', '2026-W51']]);
    expect(codes(given, made({ ...cover, from: '2026-12-21' }))).toEqual([]);
  });

  test('refuses a lead where the person is the sidekick already, also by a change of role or state', () => {
    const cover = anAssignment('cover', 'Noor', 'Atlas', december);
    const tentative = { ...lead, state: 'tentative' as const };
    expect(codes({ ...group, assignment: [cover] }, made(lead))).toEqual([['sidekick-leads', '2026-W50', '2026-W51']]);
    expect(codes({ ...group, assignment: [cover, tentative] }, moved(tentative, { state: 'confirmed' }))).toHaveLength(1);
    const contributor = { ...lead, role: 'contributor' as const };
    expect(codes({ ...group, assignment: [cover, contributor] }, moved(contributor, { role: 'lead' }))).toHaveLength(1);
  });

  test('lets other people, other projects, tentative leads and weeks that only meet on a weekend be', () => {
    const borealis = aProject('Borealis');
    const given = { person: group.person, project: [atlas, borealis], assignment: [lead] };
    expect(codes(given, made(anAssignment('a', 'Ben', 'Atlas', december)))).toEqual([]);
    expect(codes(given, made(anAssignment('a', 'Noor', 'Borealis', december)))).toEqual([]);
    expect(codes({ ...given, assignment: [{ ...lead, state: 'tentative' }] }, made(anAssignment('a', 'Noor', 'Atlas', december)))).toEqual(
      [],
    );
    expect(codes(given, made(anAssignment('a', 'Noor', 'Atlas', { from: '2026-11-30', to: '2026-12-06' })))).toEqual([]);
    const untilSaturday = { ...lead, from: '2026-11-30', to: '2026-12-12' };
    expect(
      codes({ ...given, assignment: [untilSaturday] }, made(anAssignment('a', 'Noor', 'Atlas', { from: '2026-12-12', to: '2026-12-20' }))),
    ).toEqual([]);
  });

  test('tells what was broken before only for weeks that are new', () => {
    const cover = anAssignment('cover', 'Noor', 'Atlas', { from: '2026-12-07', to: '2026-12-13' });
    const given = { ...group, assignment: [lead, cover] };
    expect(codes(given, moved(cover, { hoursPerWeek: 4 }))).toEqual([]);
    expect(codes(given, moved(cover, { to: '2026-12-20' }))).toEqual([['sidekick-leads', '2026-W51']]);
  });
});

describe('over-allocated', () => {
  const work = anAssignment('work', 'Noor', 'Atlas', { ...december, hoursPerWeek: 36 });

  test('tells the weeks that go over, with hours, and not those that were over before', () => {
    const given = { ...group, assignment: [work] };
    const more = anAssignment('more', 'Noor', 'Atlas', { from: '2026-12-14', to: '2026-12-27', hoursPerWeek: 8 });
    const [rule] = broken(given, made(more));
    expect(rule).toMatchObject({ code: 'over-allocated', person: 'Noor', assignment: 'more', weeks: ['2026-W51'] });
    expect(rule?.message).toBe('Noor would be over by up to 4 h, 14 Dec – 20 Dec (44 h of work in 40 h)');
    const over = { ...group, assignment: [work, more] };
    expect(codes(over, moved(more, { to: '2026-12-30' }))).toEqual([]);
    expect(codes(over, moved(more, { hoursPerWeek: 9 }))).toEqual([['over-allocated', '2026-W51']]);
    expect(codes(over, moved(more, { hoursPerWeek: 6 }))).toEqual([]);
  });

  test('counts confirmed work only, and exactly full is not over', () => {
    const given = { ...group, assignment: [work] };
    expect(codes(given, made(anAssignment('a', 'Noor', 'Atlas', { ...december, hoursPerWeek: 4 })))).toEqual([]);
    expect(codes(given, made(anAssignment('a', 'Noor', 'Atlas', { ...december, state: 'tentative' })))).toEqual([]);
  });

  test('is asked when a weekly pattern shrinks, of leave never', () => {
    const given = { ...group, assignment: [work] };
    const part = { ...noor, patterns: [...noor.patterns, { from: '2026-12-14', hours: [8, 8, 8, 8, 0, 0, 0] }] };
    expect(codes(given, changeOf('person', 'Noor', noor, part))).toEqual([['over-allocated', '2026-W51']]);
    const leave = aLeave('leave', 'Noor', '2026-12-07', '2026-12-11');
    expect(codes(given, changeOf('timeOff', 'leave', null, leave))).toEqual([]);
    const holiday = aHoliday('PT', '2026-12-08');
    expect(codes(given, changeOf('holiday', holiday.id, null, holiday))).toEqual([]);
  });

  test('of work without an end looks a fortnight past the last thing that is planned', () => {
    const given = { ...group, assignment: [{ ...work, to: null }] };
    const [[code, ...weeks] = []] = codes(
      { ...given, project: [{ ...atlas, to: null }] },
      made(anAssignment('a', 'Noor', 'Atlas', { from: '2026-12-14' })),
    );
    expect([code, weeks[0], weeks.at(-1)]).toEqual(['over-allocated', '2026-W51', '2026-W53']);
  });
});

describe('outside-contract and outside-project', () => {
  const ana = aPerson('Ana', { employment: 'freelance', contract: { from: '2026-12-07', to: '2026-12-18' } });
  const given = { person: [noor, ana], project: [{ ...atlas, from: '2026-12-01', to: '2026-12-20' }] };

  test('judges leave by workdays as it judges work', () => {
    const leave = aLeave('leave', 'Noor', '2026-12-14', '2026-12-20', { state: 'requested' });
    const until = (to: string) =>
      codes({ ...group, person: [{ ...noor, contract: { from: null, to } }] }, changeOf('timeOff', 'leave', null, leave));
    expect(until('2026-12-18')).toEqual([]);
    expect(until('2026-12-17')).toEqual([['outside-contract', '2026-W51']]);
  });

  test('tell work on either side, by week', () => {
    expect(codes(given, made(anAssignment('a', 'Ana', 'Atlas', { from: '2026-12-04', to: '2026-12-18' })))).toEqual([
      ['outside-contract', '2026-W49'],
    ]);
    expect(codes(given, made(anAssignment('a', 'Noor', 'Atlas', { from: '2026-12-14', to: '2026-12-22' })))).toEqual([
      ['outside-project', '2026-W52'],
    ]);
    expect(codes(given, made(anAssignment('a', 'Ana', 'Atlas', { from: '2026-12-07', to: '2026-12-18' })))).toEqual([]);
    expect(broken(given, made(anAssignment('a', 'Noor', 'Atlas', { from: '2026-12-14', to: '2026-12-22' })))[0]?.message).toBe(
      'Noor on Atlas, 14 Dec – 22 Dec, but Atlas runs 1 Dec – 20 Dec',
    );
  });

  test('do not count a weekend that nobody works', () => {
    const untilSunday = anAssignment('a', 'Ana', 'Atlas', { from: '2026-12-07', to: '2026-12-20' });
    expect(codes(given, made(untilSunday))).toEqual([]);
    const weekender = { ...ana, patterns: [{ from: '2020-01-01', hours: [0, 0, 0, 0, 0, 8, 0] }] };
    expect(codes({ ...given, person: [weekender] }, made(untilSunday))).toEqual([['outside-contract', '2026-W51']]);
  });

  test('tell work without an end where the project has one', () => {
    expect(codes(given, made(anAssignment('a', 'Noor', 'Atlas', { from: '2026-12-14' })))).toEqual([
      ['outside-project', '2026-W52', '2026-W53', '2027-W01', '2027-W02'],
    ]);
  });

  test('tell a project or a contract that is cut, and not work that stays as far outside as it was', () => {
    const work = anAssignment('a', 'Noor', 'Atlas', { from: '2026-12-07', to: '2026-12-20' });
    const project = given.project[0] as Records['project'];
    const all = { ...given, assignment: [work] };
    expect(codes(all, changeOf('project', 'Atlas', project, { ...project, to: '2026-12-13' }))).toEqual([['outside-project', '2026-W51']]);
    const outside = { ...work, to: '2026-12-27' };
    expect(codes({ ...given, assignment: [outside] }, moved(outside, { hoursPerWeek: 10 }))).toEqual([]);
    expect(codes({ ...given, assignment: [outside] }, moved(outside, { to: '2026-12-24' }))).toEqual([]);
    const freelance = anAssignment('b', 'Ana', 'Atlas', { from: '2026-12-07', to: '2026-12-18' });
    const shorter = { ...ana, contract: { from: '2026-12-07', to: '2026-12-11' } };
    expect(codes({ ...given, assignment: [freelance] }, changeOf('person', 'Ana', ana, shorter))).toEqual([
      ['outside-contract', '2026-W51'],
    ]);
  });
});

describe('joint-absence', () => {
  const lead = anAssignment('lead', 'Noor', 'Atlas', { ...december, role: 'lead' });
  const cover = anAssignment('cover', 'Ben', 'Atlas', december);
  const away = aLeave('away', 'Noor', '2026-12-09', '2026-12-10');
  const given = { ...group, assignment: [lead, cover], timeOff: [away] };
  const leave = aLeave('leave', 'Ben', '2026-12-10', '2026-12-11');

  test('is told when leave is approved on a day on which nobody else of the project works', () => {
    const requested = { ...leave, state: 'requested' as const };
    expect(codes(given, changeOf('timeOff', 'leave', null, requested))).toEqual([]);
    const [rule] = broken({ ...given, timeOff: [away, requested] }, changeOf('timeOff', 'leave', requested, leave));
    expect(rule).toMatchObject({ code: 'joint-absence', severity: 'rule', person: 'Ben', project: 'Atlas', weeks: ['2026-W50'] });
    expect(rule?.message).toBe('With Ben away nobody who leads or backs up Atlas works on 10 Dec');
  });

  test('is not told again when approved leave changes without making it worse', () => {
    const both = { ...given, timeOff: [away, leave] };
    expect(codes(both, changeOf('timeOff', 'leave', leave, { ...leave, to: '2026-12-14' }))).toEqual([]);
    expect(codes(both, changeOf('timeOff', 'leave', leave, { ...leave, from: '2026-12-09' }))).toEqual([['joint-absence', '2026-W50']]);
  });
});

describe('freelance-lead', () => {
  const ana = aPerson('Ana', { employment: 'freelance' });
  const given = { person: [noor, ana], project: [atlas] };
  const lead = anAssignment('lead', 'Ana', 'Atlas', { ...december, role: 'lead' });

  test('warns of a freelance lead without an employed sidekick, and never refuses', () => {
    expect(broken(given, made(lead))).toMatchObject([{ code: 'freelance-lead', severity: 'warning', weeks: ['2026-W50', '2026-W51'] }]);
    const cover = anAssignment('cover', 'Noor', 'Atlas', december);
    expect(codes(given, made(lead), made(cover))).toEqual([]);
    const all = { ...given, assignment: [lead, cover] };
    expect(codes(all, changeOf('assignment', 'cover', cover, null))).toEqual([['freelance-lead', '2026-W50', '2026-W51']]);
  });
});

describe('dates at the ends of the calendar', () => {
  const bounds = { from: '0001-01-01', to: '9999-12-31' };
  const began = () => {
    const start = process.cpuUsage();
    return () => process.cpuUsage(start).user / 1000;
  };

  test('cost no more than others, and name at most ten years of weeks', () => {
    const took = began();
    const lost = Array.from({ length: 200 }, (_, at) => made(anAssignment(`a${at}`, 'Noor', 'Atlas', { ...bounds, role: 'contributor' })));
    const all = broken({ ...group, project: [{ ...atlas, from: '2026-01-05' }] }, ...lost);
    expect(all.length).toBeGreaterThanOrEqual(200);
    expect(Math.max(...all.map(({ weeks }) => weeks.length))).toBeLessThan(10 * 53);
    expect(took()).toBeLessThan(10_000);
  });

  test('leave of eight thousand years is held against the days on which the project has lead and sidekick', () => {
    const took = began();
    const lead = anAssignment('lead', 'Noor', 'Atlas', { ...december, role: 'lead' });
    const cover = anAssignment('cover', 'Ben', 'Atlas', { ...december, to: null });
    const leave = (id: string, person: string) => aLeave(id, person, bounds.from, bounds.to);
    const given = { ...group, assignment: [lead, cover], timeOff: [leave('away', 'Noor')] };
    const more = Array.from({ length: 20 }, (_, at) => changeOf('timeOff', `more${at}`, null, leave(`more${at}`, 'Ben')));
    expect(codes(given, ...more)[0]).toEqual(['joint-absence', '2026-W50', '2026-W51']);
    expect(took()).toBeLessThan(10_000);
  });
});

/** Counts how often all of its records are gone through. */
class Counted<T> extends Map<string, T> {
  looks = 0;
  override values() {
    this.looks += 1;
    return super.values();
  }
}

test('a change set of much leave goes through the records that are kept as often as one of little', () => {
  const looks = (count: number): number => {
    const leave = Array.from({ length: count }, (_, n) => {
      const day = isoDay(dayOf('2026-12-07') + n);
      return aLeave(`leave ${n}`, 'Noor', day, day);
    });
    const lists = { ...group, assignment: [anAssignment('a', 'Ben', 'Atlas', december)] };
    const all = stateOf({ ...lists, timeOff: leave });
    const counted = { timeOff: new Counted(all.timeOff), assignment: new Counted(all.assignment) };
    const changes = leave.map((record) => changeOf('timeOff', record.id, null, record));
    const scope = scopeOf(figuresOf(stateOf(lists)), figuresOf({ ...all, ...counted }), changes, '2026-11-30');
    brokenRules(scope);
    for (const change of changes) kindOf(change.kind).unfit(change, scope.after.state, '2026-11-30');
    return counted.timeOff.looks + counted.assignment.looks;
  };
  expect(looks(40)).toBe(looks(4));
});
