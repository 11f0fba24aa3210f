import { expect, test } from '@jest/globals';
import { type Blow, unwell } from './blows.ts';

const aBlow = (more: Partial<Blow>): Blow => ({ container: 'mongo', how: 'paused', failed: {}, longest: 4_100, wellAfter: 3, ...more });

test('a blow is well whatever was refused, when nobody waited long and all came back', () => {
  expect(unwell([aBlow({ failed: { 'edit a page: 503 store-unavailable with Retry-After': 900 } })])).toEqual([]);
});

test.each([
  ['a request waited', aBlow({ longest: 20_003 }), 'mongo, paused: a request waited 20003 ms'],
  ['it was not well again', aBlow({ wellAfter: null }), 'mongo, paused: not well again'],
])('a blow is not well when %s', (_what, blow, said) => {
  expect(unwell([aBlow({}), blow])).toEqual([said]);
});
