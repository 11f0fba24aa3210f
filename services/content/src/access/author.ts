import type { Identity } from '@sidekick/contracts';

/** Who writes: the name is what the history shows, the account is one person's whatever the name. */
export type Author = Pick<Identity, 'account' | 'name'>;
