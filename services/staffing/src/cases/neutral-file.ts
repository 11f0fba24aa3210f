import { z } from 'zod';

const Day = z.iso.date();
const Levels = z.record(z.string(), z.number());
export type Levels = z.infer<typeof Levels>;

/** A file of cases, as those of `testdata`: groups of records in words of no product, with exact answers. `null` or absent is open. */
export const NeutralInput = z.object({
  asOf: Day,
  people: z.array(
    z.object({
      id: z.string(),
      patterns: z.array(z.object({ from: Day, hours: z.array(z.number()).length(7) })),
      region: z.string().nullish(),
      contract: z.object({ from: Day.nullish(), to: Day.nullish() }).nullish(),
      skills: Levels.nullish(),
      operationsShare: z.number().nullish(),
      employment: z.enum(['employed', 'freelance']).nullish(),
      /** Skills that they wish to learn, and projects that they offer to back up. */
      wishes: z.array(z.string()).nullish(),
      volunteers: z.array(z.string()).nullish(),
    }),
  ),
  holidays: z.record(z.string(), z.array(z.object({ date: Day, name: z.string(), portion: z.number().nullish() }))).default({}),
  timeOff: z
    .array(
      z.object({
        id: z.string(),
        person: z.string(),
        from: Day,
        to: Day,
        state: z.enum(['approved', 'requested', 'declined']),
        portion: z.number().nullish(),
        hours: z.number().nullish(),
      }),
    )
    .default([]),
  projects: z.array(
    z.object({
      id: z.string(),
      from: Day,
      to: Day.nullish(),
      policy: z.enum(['sidekick', 'no-sidekick']).nullish(),
      minimumHours: z.number().nullish(),
      wantedHours: z.number().nullish(),
      requiredSkills: Levels.nullish(),
      priority: z.number().nullish(),
    }),
  ),
  assignments: z.array(
    z.object({
      id: z.string(),
      person: z.string(),
      project: z.string(),
      role: z.enum(['lead', 'sidekick', 'contributor']),
      from: Day,
      to: Day.nullish(),
      hoursPerWeek: z.number(),
      state: z.enum(['confirmed', 'tentative']),
    }),
  ),
});
export type NeutralInput = z.infer<typeof NeutralInput>;

export const NeutralExpected = z.object({ what: z.string(), args: z.record(z.string(), z.unknown()), value: z.unknown() });
export type NeutralExpected = z.infer<typeof NeutralExpected>;

const NeutralCase = z.object({ id: z.string(), rule: z.string().optional(), input: NeutralInput, expected: z.array(NeutralExpected) });
export type NeutralCase = z.infer<typeof NeutralCase>;
/** The two shapes of a file: `cases` or `groups`. */
export const NeutralFile = z
  .union([z.object({ cases: z.array(NeutralCase) }), z.object({ groups: z.array(NeutralCase) })])
  .transform((file) => ('cases' in file ? file.cases : file.groups));
