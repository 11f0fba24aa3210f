import type { SchemaVersion } from '@sidekick/store';

/**
 * What this release says of staffing's database. From 2 on, kinds of record that are unknown are passed over; releases of 1 know the
 * first five kinds alone, and go on beside this one until something of another is written (decision 24). From 3 on, what is said to an
 * offer is known to be words about a person, and a project keeps the dates first planned; releases of 2 go on until something is said
 * to an offer, or the first project slips. From 4 on, leave keeps the set that it was asked for in, a person later regions and work a
 * note, and what others wrote of a person goes with their name; releases of 3 go on until leave is asked for that comes again, somebody
 * moves, work or a week is noted on, or somebody whom others wrote of is made anonymous.
 */
export const staffingSchema: SchemaVersion = { version: 4, oldestReader: 1 };
