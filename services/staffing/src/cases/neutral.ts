import {
  AssignmentBody,
  type Command,
  HolidayBody,
  PersonBody,
  ProjectBody,
  Question,
  type RecordKind,
  TimeOffBody,
  VolunteerBody,
  WishBody,
} from '@sidekick/contracts';

import { knownRegions, regionOf } from '../holidays/regions.ts';
import type { Levels, NeutralExpected, NeutralInput } from './neutral-file.ts';

export { type NeutralCase, type NeutralExpected, NeutralFile, type NeutralInput } from './neutral-file.ts';

/** Ids of the file as ULIDs and back; ULIDs sort as the ids of the file do, since some answers are listed by id. */
export interface NeutralIds {
  readonly ulid: (kind: RecordKind, id: string) => string;
  readonly neutral: (ulid: string) => string;
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const numbered = (prefix: string, number: number): string => {
  let digits = '';
  for (let rest = number; digits.length < 26 - prefix.length; rest = Math.floor(rest / 32)) digits = crockford.charAt(rest % 32) + digits;
  return prefix + digits;
};

const holidaysOf = ({ holidays }: NeutralInput) =>
  Object.entries(holidays).flatMap(([region, days]) =>
    days.map(({ date, name, portion }, index) => ({ id: `${region} ${date} ${index}`, region, date, name, portion: portion ?? 1 })),
  );

const wishesOf = ({ people }: NeutralInput) =>
  people.flatMap(({ id: person, wishes }) => (wishes ?? []).map((skill) => ({ id: `${person} ${skill}`, person, skill })));
const offersOf = ({ people }: NeutralInput) =>
  people.flatMap(({ id: person, volunteers }) => (volunteers ?? []).map((project) => ({ id: `${person} ${project}`, person, project })));

/** Ids for an input. `prefix` (at most 16 of Crockford's digits, the first 0-7) keeps two inputs in one portal apart. */
export const idsOf = (input: NeutralInput, prefix = '01SAMESTART'): NeutralIds => {
  const kinds: [RecordKind, { id: string }[]][] = [
    ['person', input.people],
    ['project', input.projects],
    ['assignment', input.assignments],
    ['timeOff', input.timeOff],
    ['holiday', holidaysOf(input)],
    ['wish', wishesOf(input)],
    ['volunteer', offersOf(input)],
  ];
  const ulids = new Map<string, string>();
  const back = new Map<string, string>();
  let number = 0;
  for (const [kind, items] of kinds) {
    for (const id of [...new Set(items.map((item) => item.id))].sort()) {
      const ulid = numbered(prefix, number++);
      ulids.set(`${kind} ${id}`, ulid);
      back.set(ulid, id);
    }
  }
  // An id that the input does not hold stays as it is: the portal then says that it is unknown.
  return { ulid: (kind, id) => ulids.get(`${kind} ${id}`) ?? id, neutral: (ulid) => back.get(ulid) ?? ulid };
};

/**
 * Regions of the file as regions that the portal knows: one that is none stands for no holidays where the file lists none, else another that the file does not use stands in for it.
 */
const regionsOf = ({ people, holidays }: NeutralInput): ((region: string | null | undefined) => string | null) => {
  const used = new Set([...people.map(({ region }) => region), ...Object.keys(holidays)]);
  const spare = knownRegions().filter(({ code }) => !used.has(code));
  const standIns = new Map(
    Object.keys(holidays).flatMap((region, index) => (regionOf(region) ? [] : [[region, spare[index]?.code ?? null]])),
  );
  return (region) => (region === null || region === undefined ? null : (regionOf(region)?.code ?? standIns.get(region) ?? null));
};

const skillsOf = (levels: Levels | null | undefined) => Object.entries(levels ?? {}).map(([skill, level]) => ({ skill, level }));

const peopleOf = (input: NeutralInput, ids: NeutralIds, regionIn: ReturnType<typeof regionsOf>) =>
  input.people.map(({ id, patterns, region, contract, skills, operationsShare, employment }) => ({
    kind: 'person' as const,
    id: ids.ulid('person', id),
    record: PersonBody.parse({
      patterns,
      region: regionIn(region),
      contract: { from: contract?.from ?? null, to: contract?.to ?? null },
      skills: skillsOf(skills),
      operationsShare: operationsShare ?? undefined,
      employment: employment ?? undefined,
      private: { name: id, email: null, note: null },
    }),
  }));

const projectsOf = (input: NeutralInput, ids: NeutralIds) =>
  input.projects.map(({ id, from, to, policy, minimumHours, wantedHours, requiredSkills, priority }) => ({
    kind: 'project' as const,
    id: ids.ulid('project', id),
    record: ProjectBody.parse({
      name: id,
      from,
      to: to ?? null,
      policy: policy ?? undefined,
      minimumHours: minimumHours ?? undefined,
      wantedHours: wantedHours ?? undefined,
      requiredSkills: skillsOf(requiredSkills),
      priority: priority ?? undefined,
    }),
  }));

const workOf = (input: NeutralInput, ids: NeutralIds, regionIn: ReturnType<typeof regionsOf>) => [
  ...input.assignments.map(({ id, person, project, to, ...rest }) => ({
    kind: 'assignment' as const,
    id: ids.ulid('assignment', id),
    record: AssignmentBody.parse({
      ...rest,
      to: to ?? null,
      person: ids.ulid('person', person),
      project: ids.ulid('project', project),
    }),
  })),
  ...input.timeOff.map(({ id, person, from, to, state, portion, hours }) => ({
    kind: 'timeOff' as const,
    id: ids.ulid('timeOff', id),
    record: TimeOffBody.parse({
      person: ids.ulid('person', person),
      from,
      to,
      state,
      amount: hours === null || hours === undefined ? { portion: portion ?? 1 } : { hours },
    }),
  })),
  ...holidaysOf(input).map(({ id, ...holiday }) => ({
    kind: 'holiday' as const,
    id: ids.ulid('holiday', id),
    record: HolidayBody.parse({ ...holiday, region: regionIn(holiday.region) }),
  })),
  ...wishesOf(input).map(({ id, person, skill }) => ({
    kind: 'wish' as const,
    id: ids.ulid('wish', id),
    record: WishBody.parse({ person: ids.ulid('person', person), skill }),
  })),
  ...offersOf(input).map(({ id, person, project }) => ({
    kind: 'volunteer' as const,
    id: ids.ulid('volunteer', id),
    record: VolunteerBody.parse({ person: ids.ulid('person', person), project: ids.ulid('project', project) }),
  })),
];

/** The records of an input as commands of one change set, those that others name first. */
export const commandsOf = (input: NeutralInput, ids: NeutralIds): Extract<Command, { do: 'create' }>[] => {
  const regionIn = regionsOf(input);
  const items = [...peopleOf(input, ids, regionIn), ...projectsOf(input, ids), ...workOf(input, ids, regionIn)];
  return items.map((item) => ({ do: 'create', ...item }));
};

const kindOfArgument = new Map<string, RecordKind>([
  ['person', 'person'],
  ['lead', 'person'],
  ['sidekick', 'person'],
  ['project', 'project'],
  ['assignment', 'assignment'],
]);
const askedOnADay = new Set(['knowledge', 'knowledgeState', 'absenceFactor']);

/** The question with ULIDs, and with the input's `asOf` where it names no day. Throws zod's error for what is no question. */
export const questionOf = ({ what, args }: NeutralExpected, input: NeutralInput, ids: NeutralIds): Question => {
  const mapped = Object.entries(args).map(([name, value]) => {
    const kind = kindOfArgument.get(name);
    if (kind && typeof value === 'string') return [name, ids.ulid(kind, value)];
    if (name === 'approve' && Array.isArray(value)) return [name, value.map((id) => ids.ulid('timeOff', String(id)))];
    return [name, value];
  });
  const day = askedOnADay.has(what) && args['on'] === undefined ? [['on', input.asOf]] : [];
  return Question.parse({ what, args: Object.fromEntries([...mapped, ...day]) });
};
