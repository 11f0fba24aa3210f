import type { AccountPatch } from '@sidekick/contracts';
import type { z } from 'zod';
import type { Account } from './account.ts';
import type { NewAuditEntry } from './audit.ts';

const order = ['engineer', 'manager', 'ops'] as const;

export function patched(doc: Account, { name, roles, person, disabled, email }: z.infer<typeof AccountPatch>): Account {
  const words = { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) };
  return {
    ...doc,
    ...(roles === undefined ? {} : { roles: order.filter((role) => roles.includes(role)) }),
    ...(person === undefined ? {} : { person }),
    ...(disabled === undefined ? {} : { disabled }),
    private: { ...doc.private, ...words },
  };
}

/** What the audit log keeps of a change. */
export function auditEntriesOf(old: Account, next: Account, by: string): NewAuditEntry[] {
  const what = { by, account: old._id };
  return [
    ...(old.roles.join() === next.roles.join() ? [] : [{ did: 'roles' as const, ...what, before: old.roles, after: next.roles }]),
    ...(old.disabled === next.disabled ? [] : [{ did: next.disabled ? ('disabled' as const) : ('enabled' as const), ...what }]),
    ...(old.person === next.person ? [] : [{ did: 'person' as const, ...what }]),
    ...(old.private.email === next.private.email ? [] : [{ did: 'email' as const, ...what }]),
    ...(old.passwordHash === next.passwordHash ? [] : [{ did: 'password' as const, ...what }]),
  ];
}
