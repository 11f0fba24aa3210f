import { expect, test } from '@jest/globals';
import { isZone, overlapHours } from './zones.ts';

test.each([
  ['Europe/Lisbon', 'Europe/Lisbon', '2027-01-11', 8],
  ['Europe/Lisbon', 'Europe/Berlin', '2027-01-11', 7],
  // Half an hour counts as half an hour.
  ['Europe/Lisbon', 'Asia/Kolkata', '2027-01-11', 2.5],
  ['Europe/Lisbon', 'America/New_York', '2027-01-11', 3],
  // New York has summer time two weeks before Lisbon.
  ['Europe/Lisbon', 'America/New_York', '2027-03-22', 4],
  ['Europe/Lisbon', 'Pacific/Auckland', '2027-01-11', 0],
  // 23 hours apart by the clocks, one hour apart by the sun.
  ['Pacific/Pago_Pago', 'Pacific/Tongatapu', '2027-01-11', 8],
  ['Pacific/Pago_Pago', 'Pacific/Auckland', '2027-07-11', 7],
])('%s and %s share on %s so many working hours: %d', (one, other, day, hours) => {
  expect([overlapHours(one, other, day), overlapHours(other, one, day)]).toEqual([hours, hours]);
});

test('a place that nobody knows shares none, and is known as that', () => {
  expect(overlapHours('Europe/Lisbon', 'Europe/Atlantis', '2027-01-11')).toBeNull();
  expect([isZone('Europe/Atlantis'), isZone(''), isZone('Asia/Kolkata')]).toEqual([false, false, true]);
});
