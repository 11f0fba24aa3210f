import type { AccountPatch, Identity } from '@sidekick/contracts';
import { Forbidden } from '@sidekick/service-kit';
import type { z } from 'zod';
import type { Account } from './account.ts';

/**
 * Who may change what of an account. Throws Forbidden: nobody gives themselves a role; ops change roles alone, and never who
 * manages, else an account of theirs could make them manager.
 */
export function refuseChange(by: Pick<Identity, 'account' | 'roles'>, old: Account, patch: z.infer<typeof AccountPatch>): void {
  const manages = by.roles.includes('manager');
  if (!manages && Object.keys(patch).some((key) => key !== 'roles')) throw new Forbidden('roles-only', 'Ops may change roles alone');
  if (!patch.roles) return;
  // Managers do what engineers do: the role gives them nothing.
  const has = [...old.roles, ...(old.roles.includes('manager') ? ['engineer'] : [])];
  const given = patch.roles.filter((role) => !has.includes(role));
  if (by.account === old._id && given.length > 0) {
    throw new Forbidden('own-roles', `Nobody gives themselves a role: ask another manager to make you ${given.join(' and ')}`);
  }
  if (!manages && old.roles.includes('manager') !== patch.roles.includes('manager')) {
    throw new Forbidden('managers-only', 'Only a manager makes or unmakes a manager');
  }
}
