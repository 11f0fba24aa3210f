import { z } from 'zod';

type Issue = Parameters<NonNullable<ReturnType<typeof z.config>['customError']>>[0];

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
  null: 'nothing',
  date: 'a date',
};
const kind = (name: unknown): string => kinds[String(name)] ?? String(name);

const formats: Record<string, string> = {
  email: 'This is no e-mail address',
  url: 'This is no address of a page (https://…)',
  ulid: 'This is no id that the portal gives',
  datetime: 'This is no moment such as 2026-12-07T09:00:00Z',
  date: 'This is no day such as 2026-12-07',
  regex: 'This does not have the form that is asked for',
};

const characters = (count: number | bigint): string => (Number(count) === 1 ? '1 character' : `${count} characters`);
const entries = (count: number | bigint): string => (Number(count) === 1 ? '1 entry' : `${count} entries`);

function tooBig({ origin, maximum, inclusive }: Extract<Issue, { code: 'too_big' }>): string {
  if (origin === 'string') return `Too long: ${characters(maximum)} at most`;
  if (origin === 'array' || origin === 'set' || origin === 'map') return `Too many: ${entries(maximum)} at most`;
  return inclusive === false ? `Less than ${maximum}, please` : `At most ${maximum}`;
}

function tooSmall({ origin, minimum, inclusive }: Extract<Issue, { code: 'too_small' }>): string {
  if (origin === 'string') return Number(minimum) <= 1 ? 'This may not be blank' : `Too short: ${characters(minimum)} at least`;
  if (origin === 'array' || origin === 'set' || origin === 'map') return `Too few: ${entries(minimum)} at least`;
  return inclusive === false ? `More than ${minimum}, please` : `At least ${minimum}`;
}

/** What an issue says to a person, where the schema has no sentence of its own. Every code that zod has. */
function issueWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'This is missing' : `This must be ${kind(issue.expected)}`;
    case 'too_big':
      return tooBig(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'invalid_format':
      return formats[issue.format] ?? 'This does not have the form that is asked for';
    case 'not_multiple_of':
      return `This must be a multiple of ${issue.divisor}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `This must be ${String(issue.values[0])}`
        : `This must be one of ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return `There is no field ${issue.keys.join(', ')}`;
    case 'invalid_key':
    case 'invalid_element':
      return 'One of the entries is not what is asked for';
    case 'invalid_union':
      return 'This is none of the forms that are taken';
    default:
      return 'This is not what is asked for';
  }
}

// One place for every service and the browser: a sentence that a schema brings itself goes before it.
z.config({ customError: issueWords });
