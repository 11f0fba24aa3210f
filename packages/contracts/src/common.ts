import { z } from 'zod';
import { isSeen, tidyName, unseen } from './names.ts';

/** Crockford base 32, 26 characters, upper case; sorts by creation time. */
export const Ulid = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'A ULID: 26 characters of Crockford base 32');
/** An ISO calendar day. Never pass one through `Date` in local time. */
export const IsoDay = z.iso.date();
/** An ISO week, e.g. `2026-W53`. */
export const IsoWeek = z.string().regex(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/, 'An ISO week such as 2026-W49');
/** An instant in UTC, ISO 8601 with `Z`. */
export const Instant = z.iso.datetime();
/** An IANA time zone such as `Europe/Lisbon`. */
export const TimeZone = z.string().min(1).max(60);

/** Told at the field of a name that holds what nobody can see. */
export const unseenWords = 'Holds a character that cannot be seen; delete it and type the name again';
/** A name that people write: tidy, `least` to `most` letters, nothing in it that cannot be seen. What was stored before may be otherwise. */
export const nameOf = (most: number, least = 1) =>
  z
    .string()
    .overwrite(tidyName)
    .refine((name) => !unseen.test(name), unseenWords)
    .refine((name) => name === '' || isSeen(name), 'Nothing of this can be seen; type a name')
    .min(least)
    .max(most);

/**
 * A number that an address holds, in decimal digits alone: with `0x10`, `1e1` and ` 5` one number would have many spellings.
 * `then` says what it may be.
 */
export const digits = <T extends z.ZodType>(then: T) =>
  z.preprocess((given, { issues }) => {
    if (typeof given !== 'string') return given;
    if (/^\d+(?:\.\d+)?$/.test(given)) return Number(given);
    issues.push({ code: 'custom', message: 'This must be a number in decimal digits', input: given });
    return z.NEVER;
  }, then);

export const Role = z.enum(['engineer', 'manager', 'ops']);
export type Role = z.infer<typeof Role>;

/** A list answer. `nextCursor` is null on the last page. */
export const listOf = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });

/** Query of a list: `limit` 1-200. */
export const ListQuery = z.strictObject({
  limit: digits(z.int().min(1).max(200)).default(50),
  cursor: z.string().max(2_000).optional(),
});

/** The most records of staffing that one page of a list holds: they are in memory, and a screen needs all of them. */
export const mostRecords = 5_000;
/** Query of a list of staffing's records: `limit` 1-5,000. */
export const RecordsQuery = ListQuery.extend({ limit: digits(z.int().min(1).max(mostRecords)).default(50) });

/** RFC 9457 problem document; `type` is `urn:sidekick:problem:<code>` and stable. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  requestId: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;
