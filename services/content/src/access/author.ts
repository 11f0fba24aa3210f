import type { Identity } from '@sidekick/contracts';
import { Unauthorised } from '@sidekick/service-kit';

/** Who writes: the name is what the history shows, the account is one person's whatever the name. */
export type Author = Pick<Identity, 'account' | 'name'>;

/** Throws Unauthorised for nobody. */
export function authorOf(identity: Identity | null): Author {
  if (!identity) throw new Unauthorised('sign-in-required', 'Sign in first');
  return identity;
}
