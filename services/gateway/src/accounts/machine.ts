import type { Identity } from '@sidekick/contracts';

/**
 * Commands on this machine, such as the import and the seed: no account, all roles. Its only token lies in the data
 * folder, which nobody but the portal's own user can read.
 */
export const machine: Identity = {
  account: '00000000000000000000MACHNE',
  name: 'This machine',
  roles: ['engineer', 'manager', 'ops'],
  person: null,
};
