import { createHash } from 'node:crypto';
import { addDays, mondayOf } from '@sidekick/calendar/iso';
import type { Command } from '@sidekick/contracts';
import { z } from 'zod';

const Skills = z.record(z.string(), z.number().int());
const Weeks = { fromWeek: z.number().int(), toWeek: z.number().int() };
const Assigned = z.strictObject({
  person: z.string(),
  role: z.enum(['lead', 'sidekick', 'contributor']),
  ...Weeks,
  hoursPerWeek: z.number(),
  state: z.enum(['confirmed', 'tentative']).default('confirmed'),
});
const Opened = z.strictObject({
  role: z.enum(['lead', 'sidekick', 'contributor']),
  ...Weeks,
  hoursPerWeek: z.number(),
  skills: Skills.default({}),
});
const Named = z.strictObject({ name: z.string(), email: z.string(), person: z.string().optional() });

/** `infra/sample/group.json`: weeks count from the week of the first start, days from Monday. */
export const SampleGroup = z.strictObject({
  about: z.string(),
  weeks: z.strictObject({ from: z.number().int(), to: z.number().int() }),
  personas: z.strictObject({ manager: Named, engineer: Named, ops: Named }),
  care: z.strictObject({
    about: z.string(),
    pages: z.array(
      z.strictObject({ path: z.string(), owners: z.array(z.string()), everyWeeks: z.number().int(), reviewedWeeksAgo: z.number().int() }),
    ),
  }),
  people: z.array(
    z.strictObject({
      name: z.string(),
      region: z.string(),
      timeZone: z.string(),
      hours: z.array(z.number()).length(7),
      skills: Skills,
      employment: z.enum(['employed', 'freelance']).default('employed'),
      contractToWeek: z.number().int().optional(),
      contractToDay: z.number().int().optional(),
    }),
  ),
  projects: z.array(
    z.strictObject({
      name: z.string(),
      client: z.string(),
      description: z.string(),
      ...Weeks,
      priority: z.number().int(),
      requiredSkills: Skills,
      minimumHours: z.number().default(4),
      wantedHours: z.number().default(8),
      policy: z.enum(['sidekick', 'no-sidekick']).default('sidekick'),
      state: z.enum(['proposal', 'agreed', 'lost']).default('agreed'),
      assignments: z.array(Assigned),
      /** Places that nobody fills yet. */
      openings: z.array(Opened).default([]),
    }),
  ),
  timeOff: z.array(
    z.strictObject({
      person: z.string(),
      week: z.number().int(),
      fromDay: z.number().int(),
      toDay: z.number().int(),
      kind: z.string(),
      portion: z.number().default(1),
      state: z.enum(['requested', 'approved', 'declined']).default('approved'),
      note: z.string().optional(),
    }),
  ),
});
export type SampleGroup = z.infer<typeof SampleGroup>;

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** ULIDs that follow from a seed and a name, so that a start which was interrupted makes the same records again. */
export function sampleIds(seed: string): (name: string) => string {
  return (name) => {
    const bytes = createHash('sha256').update(`${seed} ${name}`).digest();
    return `0${[...bytes.subarray(0, 25)].map((byte) => crockford[byte & 31]).join('')}`;
  };
}

/** The day so many weeks after the Monday of `today`'s week, plus days. */
export const dayOf = (today: string, week: number, day: number): string => addDays(mondayOf(today), week * 7 + day);

const levels = (skills: Record<string, number>) => Object.entries(skills).map(([skill, level]) => ({ skill, level }));

/** The group as commands of one change set, those that others name first. */
export function groupCommands(group: SampleGroup, today: string, id: (name: string) => string): Command[] {
  const person = (name: string) => id(`person ${name}`);
  const sample = true;
  const create = (
    kind: 'person' | 'project' | 'assignment' | 'timeOff' | 'opening',
    name: string,
    record: Record<string, unknown>,
  ): Command => ({
    do: 'create',
    kind,
    id: id(`${kind} ${name}`),
    record: { ...record, sample },
  });
  const people = group.people.map(({ name, hours, skills, contractToWeek, contractToDay, ...rest }) =>
    create('person', name, {
      ...rest,
      patterns: [{ from: dayOf(today, group.weeks.from - 52, 0), hours }],
      skills: levels(skills),
      contract: { from: null, to: contractToWeek === undefined ? null : dayOf(today, contractToWeek, contractToDay ?? 4) },
      private: { name, email: null, note: null },
    }),
  );
  const projects = group.projects.map(({ fromWeek, toWeek, requiredSkills, assignments: _assignments, openings: _openings, ...rest }) =>
    create('project', rest.name, {
      ...rest,
      from: dayOf(today, fromWeek, 0),
      to: dayOf(today, toWeek, 6),
      requiredSkills: levels(requiredSkills),
    }),
  );
  const assignments = group.projects.flatMap((project) =>
    project.assignments.map(({ fromWeek, toWeek, person: name, ...rest }) =>
      create('assignment', `${name} ${project.name} ${rest.role} ${fromWeek}`, {
        ...rest,
        person: person(name),
        project: id(`project ${project.name}`),
        from: dayOf(today, fromWeek, 0),
        to: dayOf(today, toWeek, 6),
      }),
    ),
  );
  const openings = group.projects.flatMap((project) =>
    project.openings.map(({ fromWeek, toWeek, skills, ...rest }) =>
      create('opening', `${project.name} ${rest.role} ${fromWeek}`, {
        ...rest,
        project: id(`project ${project.name}`),
        from: dayOf(today, fromWeek, 0),
        to: dayOf(today, toWeek, 6),
        skills: levels(skills),
      }),
    ),
  );
  const timeOff = group.timeOff.map(({ person: name, week, fromDay, toDay, kind, portion, state, note }) =>
    create('timeOff', `${name} ${week} ${fromDay}`, {
      person: person(name),
      from: dayOf(today, week, fromDay),
      to: dayOf(today, week, toDay),
      amount: { portion },
      state,
      private: { kind, note: note ?? null },
    }),
  );
  return [...people, ...projects, ...assignments, ...openings, ...timeOff];
}
