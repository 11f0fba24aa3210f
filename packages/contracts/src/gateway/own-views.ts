import { z } from 'zod';
import { nameOf, Ulid } from '../common.ts';
import { SavedView } from '../staffing/records.ts';

/** `PUT /me/views/{id}`: what a screen shows, under a name, for the own account alone. */
export const OwnViewBody = SavedView.pick({ screen: true, query: true }).extend({ name: nameOf(120) });
export type OwnViewBody = z.infer<typeof OwnViewBody>;
/** `version` is its ETag. */
export const OwnView = z.strictObject({
  id: Ulid,
  name: z.string(),
  screen: z.string(),
  query: z.string(),
  version: z.number().int().min(1),
});
export type OwnView = z.infer<typeof OwnView>;
/** All of them, at most 100. */
export const OwnViews = z.strictObject({ items: z.array(OwnView), nextCursor: z.null() });
