import type { Pattern, Person, PersonView } from '@sidekick/contracts';
import { ulid } from '../../app/ulid.ts';
import { dayText, readDay } from '../staffing/date-fields.tsx';
import { typedNumber } from '../staffing/fields.tsx';
import { number } from '../staffing/format.ts';
import { readSkills, type TypedSkill, typedSkills } from '../staffing/skills-field.tsx';

export interface TypedPattern {
  key: string;
  from: string;
  hours: string[];
}

/** A person as typed. */
export interface PersonDraft {
  id: string;
  name: string;
  email: string;
  note: string;
  employment: Person['employment'];
  timeZone: string;
  region: string;
  patterns: TypedPattern[];
  contractFrom: string;
  contractTo: string;
  operations: string;
  skills: TypedSkill[];
  reason: string;
  tried: boolean;
}

export const fullWeek = ['8', '8', '8', '8', '8', '0', '0'];
const typedPattern = ({ from, hours }: Pattern): TypedPattern => ({ key: ulid(), from: dayText(from), hours: hours.map(number) });

export function personDraft(person: PersonView | null, today: string): PersonDraft {
  const common = { reason: '', tried: false };
  if (!person) {
    return {
      ...common,
      id: ulid(),
      name: '',
      email: '',
      note: '',
      employment: 'employed',
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
      region: '',
      patterns: [{ key: ulid(), from: dayText(`${today.slice(0, 4)}-01-01`), hours: fullWeek }],
      contractFrom: '',
      contractTo: '',
      operations: '5',
      skills: [],
    };
  }
  return {
    ...common,
    id: person.id,
    name: person.private.name,
    email: person.private.email ?? '',
    note: person.private.note ?? '',
    employment: person.employment,
    timeZone: person.timeZone,
    region: person.region ?? '',
    patterns: [...person.patterns].sort((a, b) => (a.from < b.from ? 1 : -1)).map(typedPattern),
    contractFrom: dayText(person.contract.from),
    contractTo: dayText(person.contract.to),
    operations: number(person.operationsShare * 100),
    skills: typedSkills(person.skills),
  };
}

export interface PersonRead {
  /** The body to save; null while a field is wrong. */
  body: Record<string, unknown> | null;
  /** Field to what is wrong with it, in words. */
  errors: Map<string, string>;
}

/** What the form says as a record, or what is wrong where. */
export function readPerson(draft: PersonDraft, today: string): PersonRead {
  const errors = new Map<string, string>();
  const name = draft.name.trim();
  if (name === '') errors.set('name', 'Give the person a name');
  const email = draft.email.trim();
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) errors.set('email', `“${email}” is no e-mail address`);
  const from = day(draft.contractFrom, 'contractFrom');
  const to = day(draft.contractTo, 'contractTo');
  if (from && to && to < from) errors.set('contractTo', `The end is before the start: ${draft.contractTo} < ${draft.contractFrom}`);
  const share = typedNumber(draft.operations, 0, 100);
  if (share === null) errors.set('operations', 'A share is a number from 0 to 100 %');
  if (draft.timeZone.trim() === '') errors.set('timeZone', 'Name a time zone such as Europe/Lisbon');
  const patterns = draft.patterns.map((pattern) => readPattern(pattern));
  const skills = readSkills(draft.skills);
  if (skills.error) errors.set('skills', skills.error);
  if (errors.size > 0) return { body: null, errors };
  const body = {
    employment: draft.employment,
    timeZone: draft.timeZone.trim(),
    region: draft.region.trim() || null,
    patterns,
    contract: { from, to },
    skills: skills.skills,
    operationsShare: Math.round((share ?? 0) * 100) / 10_000,
    private: { name, email: email || null, note: draft.note.trim() || null },
  };
  return { body, errors };

  function day(text: string, field: string): string | null {
    const read = readDay(text, today);
    if (read === undefined) errors.set(field, `“${text.trim()}” is no day we know. Try 7 Dec`);
    return read ?? null;
  }
  function readPattern(pattern: TypedPattern): Pattern | null {
    const start = readDay(pattern.from, today);
    const hours = pattern.hours.map((text) => typedNumber(text || '0', 0, 24));
    if (!start) errors.set(`pattern ${pattern.key}`, 'Say from which day these hours hold');
    else if (hours.includes(null)) errors.set(`pattern ${pattern.key}`, 'Hours of a day are numbers from 0 to 24');
    return start ? { from: start, hours: hours.map((value) => value ?? 0) } : null;
  }
}
