import type { AccountView, Role } from '@sidekick/contracts';

/** What the form of an account holds. */
export interface Draft {
  name: string;
  email: string;
  roles: Role[];
  person: string | null;
  disabled: boolean;
}

export const draftOf = ({ name, email, roles, person, disabled }: AccountView): Draft => ({
  ...{ name, email: email ?? '', roles, person, disabled },
});

const order: readonly Role[] = ['engineer', 'manager', 'ops'];
const sorted = (roles: readonly Role[]): string => order.filter((role) => roles.includes(role)).join();

/** What was changed since the form was filled, and nothing else. */
export function changeOf(loaded: AccountView, draft: Draft): Partial<Draft> {
  const name = draft.name.trim();
  const email = draft.email.trim().toLowerCase();
  return {
    ...(name !== loaded.name && { name }),
    ...(loaded.email !== null && email !== loaded.email && { email }),
    ...(sorted(draft.roles) !== sorted(loaded.roles) && { roles: draft.roles }),
    ...(draft.person !== loaded.person && { person: draft.person }),
    ...(draft.disabled !== loaded.disabled && { disabled: draft.disabled }),
  };
}

const words: Record<keyof Draft, string> = {
  name: 'the name',
  email: 'the e-mail',
  roles: 'the roles',
  person: 'the person',
  disabled: 'whether it may sign in',
};

/** What somebody else has changed between two versions, in words. */
export const movedMeanwhile = (before: AccountView, now: AccountView): string[] =>
  (Object.keys(changeOf(before, draftOf(now))) as (keyof Draft)[]).map((field) => words[field]);

/** What is stored now with the own changes on top. */
export const rebased = (loaded: AccountView, draft: Draft, now: AccountView): Draft => ({ ...draftOf(now), ...changeOf(loaded, draft) });
