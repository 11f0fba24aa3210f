import type { AccountView, Role } from '@sidekick/contracts';
import { type FormField, fieldOf, linesOf, mergeFields } from '../../staffing/three-way.ts';

/** What the form of an account holds. */
export interface Draft {
  name: string;
  /** Empty for an account that has none. */
  email: string;
  roles: Role[];
  person: string | null;
  disabled: boolean;
}

/** The form as it is kept: what it was filled with is what is saved against, whatever is loaded meanwhile. */
export interface Form {
  version: number;
  base: Draft;
  typed: Draft;
  /** Fields that somebody else changed to another value, and of which nobody has chosen yet. */
  asked: string[];
  /** Who changed the account last, where a lost race could say it. */
  by?: string;
}

const draftOf = ({ name, email, roles, person, disabled }: AccountView): Draft => ({
  ...{ name, email: email ?? '', roles, person, disabled },
});

export function formOf(account: AccountView): Form {
  const draft = draftOf(account);
  return { version: account.version, base: draft, typed: draft, asked: [] };
}

const order: readonly Role[] = ['engineer', 'manager', 'ops'];
const inOrder = (roles: readonly Role[]): Role[] => order.filter((role) => roles.includes(role));
const emailOf = ({ email }: Draft): string => email.trim().toLowerCase();

/** Roles are merged one by one: one that somebody else gave meanwhile is not taken back by giving another. */
export const fields: readonly FormField<Draft>[] = [
  { ...fieldOf<Draft, 'name'>('name', 'Name', ['name']), of: ({ name }) => name.trim() },
  { ...fieldOf<Draft, 'email'>('email', 'E-mail', ['email']), of: emailOf },
  {
    ...linesOf<Draft, 'roles', Role>(
      'roles',
      'Roles',
      ['roles'],
      (role) => role,
      (roles) => inOrder(roles).join(', '),
    ),
    of: ({ roles }) => inOrder(roles),
  },
  fieldOf<Draft, 'person'>('person', 'Person in staffing', ['person'], (person) => person ?? 'nobody'),
  fieldOf<Draft, 'disabled'>('disabled', 'May sign in', ['disabled'], (disabled) => (disabled ? 'no' : 'yes')),
];

/** What was changed since the form was filled, and nothing else. */
export function changeOf({ base, typed }: Pick<Form, 'base' | 'typed'>): Partial<Draft> {
  const name = typed.name.trim();
  const email = emailOf(typed);
  return {
    ...(name !== base.name && { name }),
    ...(base.email !== '' && email !== base.email && { email }),
    ...(inOrder(typed.roles).join() !== inOrder(base.roles).join() && { roles: inOrder(typed.roles) }),
    ...(typed.person !== base.person && { person: typed.person }),
    ...(typed.disabled !== base.disabled && { disabled: typed.disabled }),
  };
}

/** What somebody else changed alone, to be told. */
export interface Theirs {
  field: FormField<Draft>;
  was: Draft;
}

/** The form over what is stored now: what only they changed is theirs, of what both changed one is to be chosen. */
export function rebased({ base, typed }: Form, current: AccountView, by: string | null): { form: Form; theirs: Theirs[] } {
  const now = draftOf(current);
  const merged = mergeFields(fields, base, typed, now);
  const asked = merged.conflicts.map(({ key }) => key);
  const form = { version: current.version, base: now, typed: merged.fields, asked, ...(by !== null && { by }) };
  return { form, theirs: merged.theirs.map((field) => ({ field, was: base })) };
}
