import { z } from 'zod';
import { Instant, Role, Ulid } from '../common.ts';

const Somebody = z.strictObject({ id: Ulid, name: z.string() });

export const AccountAction = z.enum([
  'invited',
  'joined',
  'roles',
  'disabled',
  'enabled',
  'person',
  'email',
  'password',
  'recovery-link',
  'recovered',
  'token-made',
  'token-removed',
]);

/** What changed in who may do what, kept for good. */
export const AccountAuditEntry = z.strictObject({
  id: Ulid,
  at: Instant,
  did: AccountAction,
  /** Null: the account is gone, or whoever held a link. A command on this machine is an account too. */
  by: Somebody.nullable(),
  /** Whom it was done to; null where there is no account yet, or none any more. */
  account: Somebody.nullable(),
  /** Where roles changed, or were given: those before and after. */
  before: z.array(Role),
  after: z.array(Role),
});
export type AccountAuditEntry = z.infer<typeof AccountAuditEntry>;
