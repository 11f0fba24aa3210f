/**
 * Hours are counted in billionths, each day of an assignment rounded to one, so that every sum of days is a whole number and no split of
 * a range changes it. Hours × amount is then an exact integer of billionths of a minor unit.
 */
const perHour = 1e9;
const perUnit = BigInt(perHour);

export const nanoHours = (hours: number): number => Math.round(hours * perHour);
export const hoursOf = (nano: number): number => nano / perHour;

/** What so many billionths of an hour cost, exactly. */
export const costOf = (nano: number, amount: number): bigint => BigInt(nano) * BigInt(amount);

/** An exact cost in whole minor units, half to even. */
export function rounded(cost: bigint): number {
  const whole = cost / perUnit;
  const twice = (cost % perUnit) * 2n;
  const up = twice > perUnit || (twice === perUnit && whole % 2n === 1n);
  return Number(up ? whole + 1n : whole);
}
