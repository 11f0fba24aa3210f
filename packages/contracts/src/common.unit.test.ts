import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { digits, ListQuery } from './common.ts';
import { CandidatesQuery, DecisionsQuery, SearchQuery, TreeQuery } from './index.ts';

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

test('every number of a query is read so', () => {
  const wrong = { limit: '0x10', weeks: '1e1', from: ' 5', hours: '1e1' };
  const isRefused = (schema: z.ZodObject, name: keyof typeof wrong) =>
    schema.safeParse({ [name]: wrong[name] }).error?.issues.some(({ path, code }) => path[0] === name && code === 'custom');
  expect([isRefused(SearchQuery, 'limit'), isRefused(DecisionsQuery, 'weeks'), isRefused(TreeQuery, 'from')]).toEqual([true, true, true]);
  expect(isRefused(CandidatesQuery, 'hours')).toBe(true);
  expect(digits(z.number().max(168)).parse('7.25')).toBe(7.25);
});

test('the document of the API names it as a number with its bounds', () => {
  const limit = z.toJSONSchema(ListQuery, { io: 'output' }).properties?.['limit'];
  expect(limit).toMatchObject({ type: 'integer', minimum: 1, maximum: 200, default: 50 });
});
