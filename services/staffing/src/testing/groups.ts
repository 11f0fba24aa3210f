import { isoDay, weekOf, weeksSpan } from '@sidekick/calendar';
import { type Assignment, everyRegion } from '@sidekick/contracts';
import fc from 'fast-check';
import type { State } from '../state/state.ts';
import { aHoliday, aLeave, anAssignment, aPerson, aProject, stateOf } from './builders.ts';

// Made-up groups of three people on two projects, with the mess of real life, over six weeks.
export const first = weekOf('2026-W49') ?? 0;
export const weekCount = 6;
export const range = weeksSpan(first, first + weekCount - 1);
export const peopleNames = ['ana', 'ben', 'chloe'];
export const projects = ['atlas', 'basin'];

export const someDay = fc.integer({ min: range.from - 10, max: range.to + 10 }).map(isoDay);
export const spanOf = fc.tuple(someDay, someDay).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
const hours = fc.integer({ min: 0, max: 40 });
const person = (id: string) =>
  fc
    .record({
      patterns: fc.array(fc.record({ from: someDay, hours: fc.array(fc.constantFrom(0, 4, 7.7, 8), { minLength: 7, maxLength: 7 }) }), {
        minLength: 1,
        maxLength: 3,
      }),
      contract: fc.oneof(fc.constant({ from: null, to: null }), spanOf),
      region: fc.constantFrom(null, 'PT'),
      moves: fc.uniqueArray(fc.record({ from: someDay, region: fc.constantFrom(null, 'PT', 'ES') }), {
        maxLength: 2,
        selector: ({ from }) => from,
      }),
      operationsShare: fc.constantFrom(0, 0.05, 0.1),
    })
    .map((over) => aPerson(id, over));
export const assignment = (index: number) =>
  fc
    .record({
      span: spanOf,
      who: fc.constantFrom(...peopleNames),
      project: fc.constantFrom(...projects),
      role: fc.constantFrom<Assignment['role']>('lead', 'sidekick', 'contributor'),
      hoursPerWeek: hours,
      state: fc.constantFrom<Assignment['state']>('confirmed', 'confirmed', 'tentative'),
    })
    .map(({ span, who, project, ...over }) => anAssignment(`a${index}`, who, project, { ...span, ...over }));
export const leave = (index: number) =>
  fc
    .record({
      span: spanOf,
      who: fc.constantFrom(...peopleNames),
      amount: fc.oneof(fc.constant({ portion: 1 }), fc.constant({ portion: 0.5 }), fc.constant({ hours: 3 })),
    })
    .map(({ span, who, amount }) => aLeave(`t${index}`, who, span.from, span.to, { amount }));

/** Of two regions and of every region, some of them on one day. */
export const someHolidays = fc
  .uniqueArray(fc.record({ region: fc.constantFrom('PT', 'ES', everyRegion), date: someDay, portion: fc.constantFrom(1, 0.5) }), {
    maxLength: 8,
    selector: ({ region, date }) => `${region} ${date}`,
  })
  .map((days) => days.map(({ region, date, portion }) => aHoliday(region, date, { portion })));

export const group: fc.Arbitrary<State> = fc
  .record({
    person: fc.tuple(...peopleNames.map(person)),
    assignment: fc.tuple(...Array.from({ length: 7 }, (_, index) => assignment(index))),
    timeOff: fc.tuple(leave(0), leave(1)),
    holiday: someHolidays,
    project: fc.tuple(...projects.map((id) => spanOf.map((span) => aProject(id, { ...span })))),
  })
  .map(stateOf);
