/** JSON Schema as zod writes it; `$ref` names a component. */
export type JsonSchema = { readonly [key: string]: unknown };
export type Definitions = Readonly<Record<string, JsonSchema>>;

/** How many records deep an example goes where a record holds its like. */
const deepest = 12;

/**
 * An example of a schema: values that a group could have, chosen by the name of the member where it says more than its type. The same
 * for the same schema. A schema that says `examples` itself is believed.
 */
export function exampleOf(schema: JsonSchema, definitions: Definitions): unknown {
  return made(schema, '', { definitions, depth: 0 });
}

interface Within {
  definitions: Definitions;
  depth: number;
}

function made(schema: JsonSchema, name: string, within: Within): unknown {
  const { $ref, examples, anyOf, oneOf, allOf, type } = schema as {
    $ref?: string;
    examples?: unknown[];
    type?: string | string[];
  } & Record<'anyOf' | 'oneOf' | 'allOf', JsonSchema[] | undefined>;
  if (Array.isArray(examples) && examples.length > 0) return examples[0];
  if ($ref !== undefined) return made(within.definitions[$ref.split('/').at(-1) ?? ''] ?? {}, name, within);
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return enumerated(schema['enum'], name);
  const choices = anyOf ?? oneOf;
  if (choices) return chosen(choices, name, within);
  if (allOf) return Object.assign({}, ...allOf.map((one) => made(one, name, within)));
  switch (Array.isArray(type) ? type.find((one) => one !== 'null') : type) {
    case 'object':
      return objectOf(schema, name, within);
    case 'array':
      return listOf(schema, name, within);
    case 'string':
      return textOf(schema, name);
    case 'integer':
    case 'number':
      return numberOf(schema, name);
    case 'boolean':
      return yes.has(name);
    default:
      return type === 'null' ? null : (anything[name] ?? 'text');
  }
}

const yes: ReadonlySet<string> = new Set(['ok', 'current', 'local']);
const anything: Readonly<Record<string, unknown>> = { data: {}, value: 12, before: null, after: null };

/** Words that say more than the first of a list does. */
const likely: ReadonlySet<unknown> = new Set([
  'confirmed',
  'sidekick',
  'published',
  'internal',
  'active',
  'approved',
  'ready',
  'ok',
  'changed',
]);
const enumerated = (values: unknown[], name: string): unknown =>
  name === 'state' && values.includes('covered') ? 'covered' : (values.find((value) => likely.has(value)) ?? values[0]);

/** The first choice that is not null; below what is deep enough the last way out. */
function chosen(choices: JsonSchema[], name: string, within: Within): unknown {
  const isNull = (one: JsonSchema) => one['type'] === 'null';
  if (within.depth > deepest && choices.some(isNull)) return null;
  if (choices.some(isNull) && empty.has(name)) return null;
  const first = choices.find((one) => !isNull(one));
  return first ? made(first, name, within) : null;
}
/** What is mostly not there. */
const empty: ReadonlySet<string> = new Set([
  ...['nextCursor', 'reason', 'failure', 'rebuilding', 'cancelledBy', 'sourceVersion', 'deleted', 'endedAt', 'stopped', 'failingSince'],
  ...['oldSecretUntil', 'conflict', 'undoneBy', 'undoes', 'parent', 'persona', 'region', 'contractUntil', 'source'],
]);

function objectOf(schema: JsonSchema, name: string, within: Within): unknown {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const required = new Set((schema['required'] ?? []) as string[]);
  const inner = { ...within, depth: within.depth + 1 };
  const entries = Object.entries(properties)
    .filter(([key]) => required.has(key) || inner.depth < 4)
    .map(([key, value]) => [key, made(value, key === 'name' && ofPeople.has(name) ? 'person' : key, inner)] as const);
  const extra = schema['additionalProperties'];
  const isMap = entries.length === 0 && typeof extra === 'object' && extra !== null;
  if (!isMap) return Object.fromEntries(entries);
  const names = (schema['propertyNames'] ?? {}) as JsonSchema;
  if (!('type' in extra || '$ref' in extra || 'anyOf' in extra || 'oneOf' in extra)) return { name: words['name'] };
  const key = 'pattern' in names || '$ref' in names || 'enum' in names ? String(made(names, `${name} key`, inner)) : 'postgres';
  return { [key]: made(extra as JsonSchema, singular(name), inner) };
}

/** Members whose name is somebody's. */
const ofPeople: ReadonlySet<string> = new Set(['private', 'person', 'account', 'by', 'author', 'owner', 'lead', 'sidekick']);

function listOf(schema: JsonSchema, name: string, within: Within): unknown[] {
  const inner = { ...within, depth: within.depth + 1 };
  const prefix = schema['prefixItems'] as JsonSchema[] | undefined;
  if (prefix) return prefix.map((one, at) => made(one, at === 0 ? `${name} from` : `${name} to`, inner));
  const least = Number(schema['minItems'] ?? 0);
  const items = schema['items'] as JsonSchema | undefined;
  if (!items || (within.depth > deepest && least === 0)) return [];
  return Array.from({ length: Math.max(1, least) }, () => made(items, singular(name), inner));
}

const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/s$/, '');

function textOf(schema: JsonSchema, name: string): string {
  const {
    format,
    pattern,
    maxLength = Number.POSITIVE_INFINITY,
    minLength = 0,
  } = schema as {
    format?: string;
    pattern?: string;
    maxLength?: number;
    minLength?: number;
  };
  if (format === 'date') return /(^| )(to|until|end|last)$/i.test(name) ? '2026-12-18' : '2026-11-30';
  if (format === 'date-time') return /(expires|until|next|due)/i.test(name) ? '2027-02-28T23:59:59.000Z' : '2026-11-30T09:36:00.000Z';
  if (format === 'email') return 'ana@example.org';
  if (format === 'uri') return 'https://hooks.example.org/sidekick';
  if (format === 'uuid') return '2f1b7a52-3f0e-4a64-9d5c-8f6f4a1d2b3c';
  const word = words[name] ?? words[singular(name)] ?? (pattern === undefined ? 'some words' : undefined);
  const isFit = (text: string) =>
    text.length <= maxLength && text.length >= minLength && (pattern === undefined || new RegExp(pattern).test(text));
  if (word !== undefined && isFit(word)) return word;
  const known = pattern === undefined ? undefined : patterns.find(({ matches }) => matches.every((one) => new RegExp(pattern).test(one)));
  if (known) return /(^| )(to|until|end|last)$/i.test(name) ? (known.matches[1] ?? known.matches[0]) : known.matches[0];
  return (word ?? 'words').slice(0, maxLength).padEnd(minLength, '.');
}

/** What has a form of its own: a pattern is known by the values that fit it. */
const patterns: readonly { matches: readonly [string, ...string[]] }[] = [
  { matches: ['01KB9ZQ4T0C5W8J1M6R3V7X2YD', '01KB9ZQ4T0D6X9K2N7S4W8Y3ZE'] },
  { matches: ['2026-W49', '2026-W51'] },
  { matches: ['2026-12', '2027-02'] },
  { matches: ['EUR', 'USD'] },
  { matches: ['PT', 'DE'] },
  { matches: ['a'.repeat(64)] },
  { matches: ['postgres'] },
];

const words: Readonly<Record<string, string>> = {
  name: 'Atlas',
  title: 'How we release',
  path: 'practices/releasing',
  slug: 'releasing',
  body: '# How we release\n\nEvery Tuesday, in pairs.\n',
  text: 'Every Tuesday, in pairs.',
  html: '<h1>How we release</h1>',
  person: 'Ana Moreira',
  changedBy: 'Helena Prado',
  description: 'A new shop for Nordwind',
  sentence: 'Ana Moreira becomes sidekick of Atlas',
  note: 'Agreed in the capacity meeting',
  reason: 'Agreed in the capacity meeting',
  message: 'Say why, in a few words',
  email: 'ana@example.org',
  by: 'Helena Prado',
  author: 'Helena Prado',
  owner: 'Helena Prado',
  password: 'correct horse battery',
  current: 'the password before',
  token: 'the-secret-of-the-link',
  secret: 'shown-once',
  url: 'https://hooks.example.org/sidekick',
  region: 'PT',
  timeZone: 'Europe/Lisbon',
  zone: 'Europe/Lisbon',
  skill: 'Postgres',
  tag: 'release',
  client: 'Nordwind',
  language: 'en-GB',
  screen: 'timeline',
  query: 'by=person&weeks=26',
  q: 'release',
  cursor: 'next-page',
  kind: 'person',
  type: 'staffing.project.changed.v1',
  event: 'staffing.project.changed.v1',
  anchor: 'rolling-back',
  heading: 'Rolling back',
  hash: 'a'.repeat(64),
  browser: 'Firefox on Linux',
  address: '192.0.2.1',
  host: 'hooks.example.org',
  release: '1.4.2',
  queue: 'search.index',
  version: '1',
  currency: 'EUR',
  code: 'stale',
  source: 'handbook',
  file: 'diagram.png',
  media: 'image/png',
  tz: 'Europe/Lisbon',
  part: 'staffing',
  id: '01KB9ZQ4T0C5W8J1M6R3V7X2YD',
};

const numbers: Readonly<Record<string, number>> = {
  hoursPerWeek: 16,
  hours: 16,
  hour: 8,
  minimumHours: 4,
  wantedHours: 8,
  operationsShare: 0.05,
  limit: 50,
  version: 3,
  sequence: 3,
  number: 1_487,
  head: 1_487,
  level: 2,
  status: 204,
  milliseconds: 42,
  bytes: 1_048_576,
  size: 1_048_576,
  free: 1_048_576,
  weeks: 6,
  year: 2026,
  money: 4_800_000,
  amount: 9_500,
  share: 0.05,
};

function numberOf(schema: JsonSchema, name: string): number {
  const { minimum, maximum, exclusiveMinimum } = schema as Record<string, number | undefined>;
  const least =
    minimum ?? (exclusiveMinimum === undefined ? Number.NEGATIVE_INFINITY : exclusiveMinimum + (schema['type'] === 'integer' ? 1 : 0.5));
  const wanted = numbers[name] ?? numbers[singular(name)] ?? 1;
  return Math.min(maximum ?? Number.POSITIVE_INFINITY, Math.max(least, wanted));
}
