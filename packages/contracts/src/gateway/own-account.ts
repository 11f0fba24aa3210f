import { z } from 'zod';
import { Instant, Ulid } from '../common.ts';
import { Email, Password } from './accounts.ts';

/** A sign-in that still counts. */
export const SessionView = z.strictObject({
  /** Names it among the sessions of its account. */
  id: z.string().length(32),
  /** Whether this is the one that asks. */
  current: z.boolean(),
  createdAt: Instant,
  /** Its last use, to ten minutes. */
  seenAt: Instant,
  expiresAt: Instant,
  /** Such as `Firefox on Linux`; empty where the browser did not say, or the session is of an older release. */
  browser: z.string(),
  /** Where it was begun, as the gateway saw it. */
  address: z.string(),
});
export type SessionView = z.infer<typeof SessionView>;

/** `PUT /me/password`. Every other session of the account ends, and so does every link to get back in. */
export const OwnPassword = z.strictObject({ current: z.string().min(1).max(200), password: Password });
/** `PUT /me/email`: what one signs in with. */
export const OwnEmail = z.strictObject({ current: z.string().min(1).max(200), email: Email });

/** A link with which the one it was made for sets a new password; shown once. */
export const RecoveryAnswer = z.strictObject({ id: Ulid, url: z.string(), expiresAt: Instant });
/** `GET /auth/recoveries/{token}`: whose password the link sets. */
export const RecoveryView = z.strictObject({ name: z.string(), email: z.string() });
export type RecoveryView = z.infer<typeof RecoveryView>;
/** `POST /auth/recover`: sets the password, ends every session and API token of the account, and signs in. */
export const Recover = z.strictObject({ token: z.string().min(20).max(200), password: Password });
