/** Throws when the number would leave a gap or is none: a bug of the caller, never a race. */
export function checkNext(log: string, number: number, head: number): void {
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`${log}: ${number} is no number of an entry`);
  if (number > head + 1) throw new RangeError(`${log}: ${number} would leave a gap after ${head}`);
}
