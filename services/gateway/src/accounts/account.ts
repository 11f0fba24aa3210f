import { type AccountView, Email, Instant, Reading, Role, tidyEmail, Ulid } from '@sidekick/contracts';
import type { CollectionDef, Stored } from '@sidekick/store';
import { z } from 'zod';

export const Persona = z.enum(['manager', 'engineer', 'ops']);
export type Persona = z.infer<typeof Persona>;

/** Who can sign in. A *person* is a staffing record; the link between the two is optional and one to one. */
export const Account = z.strictObject({
  _id: Ulid,
  /** A sample account is a demo persona: no password, gone with the sample. */
  kind: z.enum(['real', 'sample']),
  roles: z.array(Role).min(1),
  person: Ulid.nullable(),
  persona: Persona.nullable(),
  /** The link it was made with: at most one account a link. */
  invitation: Ulid.nullable(),
  passwordHash: z.string().nullable(),
  disabled: z.boolean(),
  createdAt: Instant,
  /** The account that made this version; missing where none has changed it since it was made. */
  changedBy: Ulid.optional(),
  /** As builds before `readings.ts` kept it; nothing writes it any more. */
  reading: Reading.optional(),
  /** Personal words, apart so that they can be blanked. */
  private: z.strictObject({ name: z.string(), email: Email.nullable() }),
});
export type Account = z.infer<typeof Account>;

export const emailKey = (email: string): string => `email:${tidyEmail(email)}`;
const personKey = (person: string): string => `person:${person}`;
export const personaKey = (persona: Persona): string => `persona:${persona}`;
export const invitationKey = (invitation: string): string => `invitation:${invitation}`;

export const accountDef: CollectionDef<Account, 'by-age' | 'by-kind'> = {
  name: 'accounts',
  schema: Account,
  indexes: { 'by-age': ['createdAt'], 'by-kind': ['kind', 'createdAt'] },
  // One that may not sign in keeps its address in sight, and another account may have it.
  unique: ({ private: { email }, person, persona, invitation, disabled }) => [
    ...(email === null || disabled ? [] : [emailKey(email)]),
    ...(person === null ? [] : [personKey(person)]),
    ...(persona === null ? [] : [personaKey(persona)]),
    ...(invitation === null ? [] : [invitationKey(invitation)]),
  ],
};

/** Whether this account can sign in and manage: one of them always has to remain. */
export const isManager = ({ kind, roles, disabled }: Account): boolean => kind === 'real' && !disabled && roles.includes('manager');

export const accountView = ({ doc, version }: Stored<Account>, lastSignInAt: string | null): AccountView => ({
  id: doc._id,
  version,
  name: doc.private.name,
  email: doc.private.email,
  roles: doc.roles,
  person: doc.person,
  disabled: doc.disabled,
  createdAt: doc.createdAt,
  lastSignInAt,
  sample: doc.kind === 'sample',
});
