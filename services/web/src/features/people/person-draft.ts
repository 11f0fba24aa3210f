import { type Move, nameKey, type Pattern, type Person, type PersonView, regionsOf } from '@sidekick/contracts';
import { ulid } from '../../app/ulid.ts';
import { dayText, readDay } from '../../staffing/date-fields.tsx';
import type { FormRead, Typed } from '../../staffing/form-types.ts';
import { editable, hours as inHours } from '../../staffing/format.ts';
import { sum } from '../../staffing/lists.ts';
import { type Region, regionsLike, typedRegion } from '../../staffing/regions.ts';
import { readSkills, type TypedSkill, typedSkills, wordsOfSkills } from '../../staffing/skills-field.tsx';
import { fieldOf, linesOf } from '../../staffing/three-way.ts';
import { exampleDay } from '../../staffing/typed-dates.ts';
import { typedNumber } from '../../staffing/typed-hours.ts';

export interface TypedPattern {
  key: string;
  from: string;
  hours: string[];
}

export interface TypedMove {
  key: string;
  from: string;
  region: string;
}

/** A person as typed. */
export interface PersonDraft extends Typed {
  name: string;
  email: string;
  note: string;
  employment: Person['employment'];
  timeZone: string;
  region: string;
  moves: TypedMove[];
  patterns: TypedPattern[];
  contractFrom: string;
  contractTo: string;
  operations: string;
  skills: TypedSkill[];
}

const employments = { employed: 'Employed', freelance: 'Freelance' } as const;
const weekOf = (pattern: TypedPattern) => sum(pattern.hours.map((text) => typedNumber(text || '0', 0, 24) ?? 0));

/** What of a person is typed where. Managers change all of it, a person the own skills. */
const skillsOf = linesOf<PersonDraft, 'skills', TypedSkill>(
  'skills',
  'Skills',
  ['skills'],
  ({ skill }) => nameKey(skill),
  (list) => wordsOfSkills(list),
);
export const ownFields = [skillsOf];
export const personFields = [
  fieldOf<PersonDraft, 'name'>('name', 'Name', ['private.name']),
  fieldOf<PersonDraft, 'email'>('email', 'E-mail', ['private.email']),
  fieldOf<PersonDraft, 'note'>('note', 'Note', ['private.note']),
  fieldOf<PersonDraft, 'employment'>('employment', 'Employment', ['employment'], (value) => employments[value]),
  fieldOf<PersonDraft, 'timeZone'>('timeZone', 'Time zone', ['timeZone']),
  fieldOf<PersonDraft, 'region'>('region', 'Region of holidays', ['region']),
  linesOf<PersonDraft, 'moves', TypedMove>(
    'moves',
    'Moves to other regions',
    ['moves'],
    ({ from }) => from,
    (list) => list.map(({ from, region }) => `${region || 'no region'} from ${from}`).join(', ') || 'none',
  ),
  linesOf<PersonDraft, 'patterns', TypedPattern>(
    'patterns',
    'Hours a week',
    ['patterns'],
    ({ from }) => from,
    (list) => list.map((one) => `${inHours(weekOf(one))} from ${one.from} (${one.hours.join(' ')})`).join(', ') || 'none',
  ),
  fieldOf<PersonDraft, 'contractFrom'>('contractFrom', 'Contract from', ['contract.from'], (value) => value || 'no first day'),
  fieldOf<PersonDraft, 'contractTo'>('contractTo', 'Contract to', ['contract.to'], (value) => value || 'no end'),
  fieldOf<PersonDraft, 'operations'>('operations', 'Operations share', ['operationsShare'], (value) => `${value} %`),
  skillsOf,
];

export const fullWeek = ['8', '8', '8', '8', '8', '0', '0'];
const typedPattern = ({ from, hours }: Pattern): TypedPattern => ({ key: ulid(), from: dayText(from), hours: hours.map(editable) });

export function personDraft(person: PersonView | null, today: string): PersonDraft {
  if (!person) {
    return {
      reason: '',
      id: ulid(),
      name: '',
      email: '',
      note: '',
      employment: 'employed',
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
      region: '',
      moves: [],
      patterns: [{ key: ulid(), from: dayText(`${today.slice(0, 4)}-01-01`), hours: fullWeek }],
      contractFrom: '',
      contractTo: '',
      operations: '5',
      skills: [],
    };
  }
  return {
    reason: '',
    id: person.id,
    name: person.private.name,
    email: person.private.email ?? '',
    note: person.private.note ?? '',
    employment: person.employment,
    timeZone: person.timeZone,
    region: person.region ?? '',
    moves: regionsOf(person)
      .slice(1)
      .map(({ from, region }) => ({ key: ulid(), from: dayText(from), region: region ?? '' })),
    patterns: [...person.patterns].sort((a, b) => (a.from < b.from ? 1 : -1)).map(typedPattern),
    contractFrom: dayText(person.contract.from),
    contractTo: dayText(person.contract.to),
    operations: editable(person.operationsShare * 100),
    skills: typedSkills(person.skills),
  };
}

function unknownRegion(typed: string, regions: readonly Region[]): string {
  const near = regionsLike(typed, regions, 3).map(({ code, name }) => `${name} (${code})`);
  return `No region is called “${typed}”. ${near.length > 0 ? `Do you mean ${near.join(', ')}?` : 'Type a country such as Portugal and choose'}`;
}

/** What the form says as a record, or what is wrong where. A region that was stored before it had to be a known one may stay. */
export function readPerson(
  draft: PersonDraft,
  today: string,
  regions: readonly Region[] | null,
  was: PersonView | null,
): FormRead<'person'> {
  const errors = new Map<string, string>();
  const name = draft.name.trim();
  if (name === '') errors.set('name', 'Give the person a name');
  const email = draft.email.trim();
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) errors.set('email', `“${email}” is no e-mail address`);
  const from = day(draft.contractFrom, 'contractFrom');
  const to = day(draft.contractTo, 'contractTo');
  if (from && to && to < from) errors.set('contractTo', `The end is before the start: ${dayText(to)} < ${dayText(from)}`);
  const share = typedNumber(draft.operations, 0, 100, '%');
  if (share === null) errors.set('operations', 'A share is a number from 0 to 100 %');
  if (draft.timeZone.trim() === '') errors.set('timeZone', 'Name a time zone such as Europe/Lisbon');
  const known = new Set(was ? regionsOf(was).map((one) => one.region) : []);
  const region = readRegion(draft.region, 'region');
  const moves = draft.moves.map((move) => readMove(move)).filter((move) => move !== null);
  const patterns = draft.patterns.map((pattern) => readPattern(pattern)).filter((pattern) => pattern !== null);
  const skills = readSkills(draft.skills);
  if (skills.error) errors.set('skills', skills.error);
  if (errors.size > 0) return { body: null, errors };
  const body = {
    employment: draft.employment,
    timeZone: draft.timeZone.trim(),
    region,
    ...(moves.length > 0 || was?.moves ? { moves } : {}),
    patterns,
    contract: { from, to },
    skills: skills.skills,
    operationsShare: Math.round((share ?? 0) * 100) / 10_000,
    private: { name, email: email || null, note: draft.note.trim() || null },
  };
  return { body, errors };

  function day(text: string, field: string): string | null {
    const read = readDay(text, today);
    if (read === undefined) errors.set(field, `“${text.trim()}” is no day we know. Try ${exampleDay()}`);
    return read ?? null;
  }
  function readRegion(text: string, field: string): string | null {
    const typed = text.trim();
    const region = typed === '' ? null : (typedRegion(typed, regions ?? [])?.code ?? null);
    // While the regions are not there the server says which it knows.
    if (regions && typed !== '' && !known.has(typed) && region === null) errors.set(field, unknownRegion(typed, regions));
    return region ?? (typed || null);
  }
  function readMove(move: TypedMove): Move | null {
    const start = readDay(move.from, today);
    if (!start) errors.set(`move ${move.key}`, 'Say from which day the holidays are those of another region');
    const to = readRegion(move.region, `region ${move.key}`);
    return start ? { from: start, region: to } : null;
  }
  function readPattern(pattern: TypedPattern): Pattern | null {
    const start = readDay(pattern.from, today);
    const hours = pattern.hours.map((text) => typedNumber(text || '0', 0, 24));
    if (!start) errors.set(`pattern ${pattern.key}`, 'Say from which day these hours hold');
    else if (hours.includes(null)) errors.set(`pattern ${pattern.key}`, 'Hours of a day are numbers from 0 to 24');
    return start ? { from: start, hours: hours.map((value) => value ?? 0) } : null;
  }
}
