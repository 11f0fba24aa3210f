import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { digits, ListQuery } from './common.ts';
import * as contracts from './index.ts';

const limitOf = (limit: unknown) => ListQuery.safeParse({ limit }).data?.limit;

test.each(['0x10', '1e1', ' 5', '5 ', '+5', '-5', '5.0.1', '.5', '5.', '', 'Infinity', '٥', '0b1', '1_0', 'true', ['5', '6'], null])(
  'an address holds a number in decimal digits alone: %j is none',
  (given) => expect(limitOf(given)).toBeUndefined(),
);

test('what is missing is what the query says, and bounds hold', () => {
  expect([limitOf(undefined), limitOf('5'), limitOf('007'), limitOf('200')]).toEqual([50, 5, 7, 200]);
  expect([limitOf('0'), limitOf('201'), limitOf('5.5'), limitOf('9'.repeat(400))]).toEqual([undefined, undefined, undefined, undefined]);
  expect(ListQuery.safeParse({ limit: '0x10' }).error?.issues[0]?.message).toBe('This must be a number in decimal digits');
});

/** Names of what a query reads as a number. */
const numbersIn = (query: z.ZodType): string[] =>
  Object.entries(z.toJSONSchema(query, { io: 'output', unrepresentable: 'any' }).properties ?? {}).flatMap(([name, value]) =>
    typeof value === 'object' && (value.type === 'integer' || value.type === 'number') ? [name] : [],
  );

test('every number of a query is read so', () => {
  const found = Object.entries(contracts).flatMap(([query, schema]) =>
    query.endsWith('Query') ? numbersIn(schema as z.ZodType).map((name) => ({ query, schema: schema as z.ZodType, name })) : [],
  );
  expect(found.map(({ query, name }) => `${query}.${name}`)).toEqual([
    'AttachmentsQuery.limit',
    'CandidatesQuery.hours',
    'DecisionsQuery.weeks',
    'FollowQuery.after',
    'FollowQuery.history',
    'FreeQuery.level',
    'FreeQuery.hours',
    'ListQuery.limit',
    'PlansQuery.limit',
    'RecordsQuery.limit',
    'SearchQuery.limit',
    'TreeQuery.from',
  ]);
  const wordsOf = (schema: z.ZodType, name: string, given: string) =>
    schema.safeParse({ [name]: given }).error?.issues.flatMap(({ path, message }) => (path[0] === name ? [message] : []));
  for (const { schema, name } of found)
    for (const given of ['0x10', '1e1', ' 5']) expect(wordsOf(schema, name, given)).toEqual(['This must be a number in decimal digits']);
  expect(digits(z.number().max(168)).parse('7.25')).toBe(7.25);
});

test('the document of the API names it as a number with its bounds', () => {
  const limit = z.toJSONSchema(ListQuery, { io: 'output' }).properties?.['limit'];
  expect(limit).toMatchObject({ type: 'integer', minimum: 1, maximum: 200, default: 50 });
});
