import { type Day, mondayOf, type Span } from '@sidekick/calendar';

/** Weeks of a block; a half year of figures touches one or two. */
export const blockWeeks = 32;
const blockDays = blockWeeks * 7;
/** Below this, hours are none (reading A27). */
export const epsilon = 1e-9;

/** Portion of a day that is holiday, by day; two on one date count as the larger (A4). */
export type Holidays = ReadonlyMap<Day, number>;

/** What hours follow from, in days as numbers. */
export interface Sources {
  readonly contract: Span;
  /** The first day on which the person can have hours. */
  readonly start: Day;
  /** By day; those before the first carry the first. */
  readonly patterns: readonly { readonly from: Day; readonly hours: readonly number[] }[];
  readonly holidays: Holidays;
  readonly away: readonly Away[];
}

/** Approved time off: what each of its days loses. */
export interface Away {
  readonly from: Day;
  readonly to: Day;
  /** Of the day's hours; 0 where it is told in hours. */
  readonly portion: number;
  readonly hours: number;
}

/**
 * Hours of a person for each day and each whole week of a block. Since thousands of blocks are made at once, all of it is one array:
 * rows of days, then rows of weeks.
 */
export interface Block {
  readonly first: Day;
  readonly last: Day;
  readonly hours: Float64Array;
  /** Effective hours up to and with each day of the block, each faded to that day: made when knowledge is first asked for. */
  faded: Float64Array | null;
}

/** Where the rows of days begin. */
export const dayRows = {
  /** Hours of the pattern inside the contract, 0 before the first pattern. */
  gross: 0,
  /** Gross less holidays. */
  open: blockDays,
  /** Gross less holidays and approved time off (A4). */
  net: 2 * blockDays,
} as const;

const afterDays = 3 * blockDays;
/** Where the rows of weeks begin: sums of their days in order. */
export const weekRows = {
  /** Hours of the weekly pattern, contract ignored (A1, A2): the divisor of planned. */
  pattern: afterDays,
  gross: afterDays + blockWeeks,
  open: afterDays + 2 * blockWeeks,
  net: afterDays + 3 * blockWeeks,
  /** Gross and net ÷ the pattern's hours of that week; 0 where the week has none (A3): × hoursPerWeek gives planned and effective. */
  planned: afterDays + 4 * blockWeeks,
  effective: afterDays + 5 * blockWeeks,
} as const;

const { open: openRow, net: netRow } = dayRows;

export const blockOf = (sources: Sources, number: number): Block => {
  const first = mondayOf(number * blockWeeks);
  const block = { first, last: first + blockDays - 1, hours: new Float64Array(afterDays + 6 * blockWeeks), faded: null };
  fillPattern(sources, block);
  takeHolidays(sources.holidays, block);
  takeLeave(sources.away, block);
  sumWeeks(block.hours);
  return block;
};

/** Every day by the pattern, as if nobody were ever away. */
const fillPattern = ({ patterns, contract: { to: end }, start }: Sources, { first, hours }: Block) => {
  if (patterns.length === 0) return;
  let at = 0;
  for (let week = 0; week < blockWeeks; week++) {
    let whole = 0;
    for (let weekday = 0; weekday < 7; weekday++) {
      const index = week * 7 + weekday;
      const day = first + index;
      while ((patterns[at + 1]?.from ?? Number.POSITIVE_INFINITY) <= day) at++;
      const own = patterns[at]?.hours[weekday] ?? 0;
      whole += own;
      if (day < start || day > end) continue;
      hours[index] = own;
      if (own > epsilon) hours[openRow + index] = hours[netRow + index] = own;
    }
    hours[weekRows.pattern + week] = whole;
  }
};

const takeHolidays = (holidays: Holidays, { first, last, hours }: Block) => {
  holidays.forEach((portion, day) => {
    if (day < first || day > last) return;
    const index = day - first;
    const gross = hours[index] ?? 0;
    const left = gross - gross * portion;
    hours[openRow + index] = hours[netRow + index] = left > epsilon ? left : 0;
  });
};

const takeLeave = (away: readonly Away[], { first, last, hours }: Block) => {
  for (const { from, to, portion, hours: taken } of away) {
    const end = Math.min(to, last) - first;
    for (let index = Math.max(from, first) - first; index <= end; index++) {
      hours[netRow + index] = (hours[netRow + index] ?? 0) - (portion === 0 ? taken : (hours[index] ?? 0) * portion);
    }
  }
  // Two on one day may take more than there is, so what is left is looked at after all of them.
  for (const { from, to } of away) {
    const end = Math.min(to, last) - first;
    for (let index = Math.max(from, first) - first; index <= end; index++) {
      if ((hours[netRow + index] ?? 0) <= epsilon) hours[netRow + index] = 0;
    }
  }
};

const sumWeeks = (hours: Float64Array) => {
  for (let week = 0; week < blockWeeks; week++) {
    const pattern = hours[weekRows.pattern + week] ?? 0;
    let gross = 0;
    let open = 0;
    let net = 0;
    let planned = 0;
    let effective = 0;
    for (let index = week * 7; index < week * 7 + 7; index++) {
      const grossOn = hours[index] ?? 0;
      const netOn = hours[netRow + index] ?? 0;
      gross += grossOn;
      open += hours[openRow + index] ?? 0;
      net += netOn;
      if (pattern <= epsilon) continue;
      planned += grossOn / pattern;
      effective += netOn / pattern;
    }
    hours[weekRows.gross + week] = gross;
    hours[weekRows.open + week] = open;
    hours[weekRows.net + week] = net;
    hours[weekRows.planned + week] = planned;
    hours[weekRows.effective + week] = effective;
  }
};
