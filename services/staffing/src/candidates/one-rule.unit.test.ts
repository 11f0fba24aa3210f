import { expect, test } from '@jest/globals';
import { dayOf, isoDay, weekOfDay } from '@sidekick/calendar';
import type { Assignment, AssignmentRole, Person, TimeOff } from '@sidekick/contracts';
import fc from 'fast-check';
import { outlookOf } from '../decisions/outlook.ts';
import { leaveDecisions } from '../decisions/people.ts';
import { figuresOf } from '../figures/index.ts';
import { changeOf } from '../kinds/change.ts';
import { apply } from '../log/ledger.ts';
import { brokenRules } from '../rules/index.ts';
import { scopeOf } from '../rules/scope.ts';
import type { State } from '../state/state.ts';
import { aLeave, anAssignment, aPerson, aProject, stateOf } from '../testing/builders.ts';
import { candidatesOf, slotOf, whoCouldTake } from './candidates.ts';
import { freeHoursOf } from './hours.ts';
import { alreadyOn, savingRulesAgainst } from './rules.ts';

const today = '2026-11-30';
const start = dayOf('2026-12-07');
const day = fc.integer({ min: 0, max: 24 }).map((after) => isoDay(start + after));
const range = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
const bound = fc.option(day, { freq: 2 });
const window = fc.tuple(bound, bound).map(([a, b]) => (a !== null && b !== null && b < a ? { from: b, to: a } : { from: a, to: b }));
const role = fc.constantFrom<AssignmentRole>('lead', 'sidekick', 'contributor');
const hours = fc.constantFrom<number[]>([8, 8, 8, 8, 8, 0, 0], [8, 8, 8, 0, 0, 0, 0], [0, 0, 0, 0, 8, 8, 0], [0, 0, 0, 0, 0, 0, 8]);
const people = ['ana', 'ben'] as const;

const person = (id: string): fc.Arbitrary<Person> =>
  fc.record({ contract: window, hours, later: fc.option(hours, { freq: 4 }) }).map((own) =>
    aPerson(id, {
      contract: own.contract,
      patterns: [{ from: '2020-01-01', hours: own.hours }, ...(own.later ? [{ from: '2026-12-16', hours: own.later }] : [])],
    }),
  );
const work = fc
  .record({
    person: fc.constantFrom(...people),
    range,
    isOpen: fc.boolean(),
    role,
    state: fc.constantFrom<Assignment['state']>('confirmed', 'tentative'),
    hoursPerWeek: fc.constantFrom(4, 16),
  })
  .map(({ range: { from, to }, isOpen, ...rest }) => ({ ...rest, from, to: isOpen ? null : to }));
const project = fc
  .record({ state: fc.constantFrom('agreed' as const, 'proposal' as const, 'lost' as const), range, isLong: fc.boolean() })
  .map(({ state, range: days, isLong }) => aProject('atlas', { name: 'Atlas', state, ...(isLong ? {} : days) }));
const group = fc.record({ ana: person('ana'), ben: person('ben'), project, work: fc.array(work, { maxLength: 4 }) }).map((given) => ({
  person: [given.ana, given.ben],
  project: [given.project],
  assignment: given.work.map(({ person: who, ...rest }, index) => anAssignment(`work${index}`, who, 'atlas', rest)),
}));

/** What saving the changes would break, by the code and its sentence. */
function brokenBy(state: State, ...changes: Parameters<typeof scopeOf>[2]) {
  const after = apply(state, [{ number: 2, changes }]);
  return brokenRules(scopeOf(figuresOf(state), figuresOf(after), changes, today));
}

/** Rules about where work may lie; that there are hours for it is asked of a candidate otherwise, by what the project needs. */
const placing = new Set<string>(['sidekick-leads', 'outside-contract', 'outside-project']);

test('a candidate breaks the rules that saving the assignment breaks, no more and no fewer, in the same words', () => {
  const met = new Map<string, number>();
  fc.assert(
    fc.property(group, range, role, (given, slot, as) => {
      const state = stateOf(given);
      const figures = figuresOf(state);
      const asked = { project: 'atlas', role: as, ...slot, hours: 8 };
      const one = slotOf(figures, 'atlas', as, { from: dayOf(slot.from), to: dayOf(slot.to) }, 8, today);
      const { ruledOut } = candidatesOf(figures, asked, today);
      for (const who of given.person) {
        const saved = anAssignment('slot', who.id, 'atlas', { ...slot, role: as });
        // What is offered to change its role is gone once it is saved.
        const changed = alreadyOn(one, who.id).map((work) => changeOf('assignment', work.id, work, null));
        const broken = brokenBy(state, ...changed, changeOf('assignment', 'slot', null, saved)).filter(({ code }) => placing.has(code));
        const against = savingRulesAgainst(one, who);
        expect(against.map(({ rule }) => rule).sort()).toEqual(broken.map(({ code }) => code).sort());
        for (const { rule, message } of against) {
          met.set(rule, (met.get(rule) ?? 0) + 1);
          const sentence = broken.find(({ code }) => code === rule)?.message ?? '';
          expect(sentence.endsWith(message.replace(/^contract /, `the contract of ${who.id} `))).toBe(true);
        }
        if (against.length > 0) expect(ruledOut.map(({ person: id }) => id)).toContain(who.id);
        const told = ruledOut.find(({ person: id }) => id === who.id);
        if (told && placing.has(told.rule)) expect(against).toContainEqual({ rule: told.rule, message: told.message });
      }
    }),
    { numRuns: 400 },
  );
  expect([...met.keys()].sort()).toEqual([...placing].sort());
});

test('who is counted for one slot after another is who is offered each of them, in the same order', () => {
  const met = new Set<number>();
  fc.assert(
    fc.property(
      group,
      fc.array(fc.tuple(range, role), { minLength: 2, maxLength: 4 }),
      fc.constantFrom(4, 30),
      (given, slots, minimumHours) => {
        const figures = figuresOf(stateOf({ ...given, project: given.project.map((one) => ({ ...one, minimumHours })) }));
        const shared = freeHoursOf(figures, weekOfDay(start));
        for (const [slot, as] of slots) {
          const { candidates } = candidatesOf(figures, { project: 'atlas', role: as, ...slot, hours: 8 }, today);
          const one = slotOf(figures, 'atlas', as, { from: dayOf(slot.from), to: dayOf(slot.to) }, 8, today);
          const counted = whoCouldTake(one, shared);
          expect(counted.map(({ person: { id }, leastFree }) => [id, leastFree])).toEqual(
            candidates.map((told) => [told.person, told.leastFree]),
          );
          met.add(counted.length);
        }
      },
    ),
    { numRuns: 300 },
  );
  expect([...met].sort()).toEqual([0, 1, 2]);
});

/** Ana leads and Ben backs her up, perhaps not on the same days; her leave is asked for, his stands. */
const bothAway = fc.record({ given: group, pair: fc.tuple(range, range), own: range, other: range }).map(({ given, pair, own, other }) => ({
  person: given.person,
  project: given.project.map((one) => aProject(one.id, { name: one.name })),
  assignment: [
    ...given.assignment,
    anAssignment('lead', 'ana', 'atlas', { ...pair[0], role: 'lead' }),
    anAssignment('back', 'ben', 'atlas', { ...pair[1], role: 'sidekick' }),
  ],
  timeOff: [aLeave('asked', 'ana', own.from, own.to, { state: 'requested' }), aLeave('other', 'ben', other.from, other.to)],
}));

test('a request tells that nobody works on a project on some days where approving it is refused or warned for them', () => {
  const found = { joint: 0, none: 0, pattern: 0 };
  fc.assert(
    fc.property(bothAway, (given) => {
      const state = stateOf(given);
      const asked = given.timeOff[0] as TimeOff;
      const [decision] = leaveDecisions(outlookOf(figuresOf(state), today, 8));
      const broken = brokenBy(state, changeOf('timeOff', 'asked', asked, { ...asked, state: 'approved' }));
      const joint = broken.filter(({ code }) => code === 'joint-absence');
      expect(decision?.detail.includes('Nobody who leads or backs up Atlas works on ')).toBe(joint.length > 0);
      for (const { message } of joint) expect(decision?.detail).toContain(` ${message.replace('With ana away nobody', 'Nobody')}.`);
      if (joint.some(({ severity }) => severity === 'warning')) found.pattern += 1;
      found[joint.length > 0 ? 'joint' : 'none'] += 1;
    }),
    { numRuns: 400 },
  );
  expect(Math.min(found.joint, found.none)).toBeGreaterThan(20);
  expect(found.pattern).toBeGreaterThan(5);
});
