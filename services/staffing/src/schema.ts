import type { SchemaVersion } from '@sidekick/store';

/**
 * What this release says of staffing's database. From 2 on, kinds of record that are unknown are passed over; releases of 1 know the
 * first five kinds alone, and go on beside this one until something of another is written (decision 24). From 3 on, what is said to an
 * offer is known to be words about a person, a project keeps the dates first planned, leave the set that it was asked for in, and a person later
 * regions;
 * releases of 2 go on until something is said to an offer, the first project slips, leave is asked for that comes again, or somebody moves.
 */
export const staffingSchema: SchemaVersion = { version: 3, oldestReader: 1 };
