import { expect, test } from '@jest/globals';
import { z } from 'zod';
import './issue-words.ts';

const said = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues.map(({ message }) => message);

test.each<[string, z.ZodType, unknown, string]>([
  ['missing', z.string(), undefined, 'This is missing'],
  ['another kind', z.string(), 7, 'This must be text'],
  ['no whole number', z.number().int(), 1.5, 'This must be a whole number'],
  ['too long', z.string().max(120), 'x'.repeat(121), 'Too long: 120 characters at most'],
  ['blank', z.string().min(1), '', 'This may not be blank'],
  ['too short', z.string().min(12), 'x', 'Too short: 12 characters at least'],
  ['too large', z.number().max(168), 169, 'At most 168'],
  ['none', z.number().gt(0), 0, 'More than 0, please'],
  ['too many', z.array(z.string()).max(1), ['a', 'b'], 'Too many: 1 entry at most'],
  ['none of them', z.enum(['a', 'b']), 'c', 'This must be one of a, b'],
  ['no such field', z.strictObject({}), { x: 1 }, 'There is no field x'],
  ['no address', z.email(), 'x', 'This is no e-mail address'],
  ['no multiple', z.number().multipleOf(5), 7, 'This must be a multiple of 5'],
  ['no form', z.string().regex(/^a$/), 'b', 'This does not have the form that is asked for'],
  ['no union', z.union([z.string(), z.number()]), null, 'This is none of the forms that are taken'],
  ['a key', z.record(z.string().max(1), z.number()), { ab: 1 }, 'One of the entries is not what is asked for'],
])('%s', (_, schema, value, words) => expect(said(schema, value)).toEqual([words]));

test('a sentence of the schema goes first', () => {
  expect(said(z.string().max(1, 'One letter'), 'ab')).toEqual(['One letter']);
});
