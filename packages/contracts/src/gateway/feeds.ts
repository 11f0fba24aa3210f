import { z } from 'zod';
import { Instant, Ulid } from '../common.ts';

/** What a feed shows: the own weeks and leave, the crew of a project, or who of the group is away. */
export const FeedScope = z.enum(['person', 'project', 'absences']);
export type FeedScope = z.infer<typeof FeedScope>;

/** `POST /me/feeds`. */
export const FeedCreate = z.discriminatedUnion('scope', [
  z.strictObject({ scope: z.literal('person') }),
  z.strictObject({ scope: z.literal('project'), project: Ulid }),
  z.strictObject({ scope: z.literal('absences') }),
]);
export type FeedCreate = z.infer<typeof FeedCreate>;

/** A calendar feed of the own account; its address is not kept, and shown when it is made or renewed. */
export const FeedView = z.strictObject({
  id: Ulid,
  scope: FeedScope,
  /** The project that it shows; null for the other scopes. */
  project: Ulid.nullable(),
  /** When its address was made. */
  addressAt: Instant,
  /** When a calendar last asked for it by that address, to ten minutes. */
  fetchedAt: Instant.nullable(),
});
export type FeedView = z.infer<typeof FeedView>;
/** `url` is a secret: whoever has it reads the feed. */
export const FeedAnswer = FeedView.extend({ url: z.string() });
export type FeedAnswer = z.infer<typeof FeedAnswer>;
