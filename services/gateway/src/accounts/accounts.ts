import type { AccountPatch } from '@sidekick/contracts';
import { type Clock, Conflict, NotFound, Stale } from '@sidekick/service-kit';
import { type Collection, StaleVersion, type Store, type Stored, TakenKey } from '@sidekick/store';
import pLimit from 'p-limit';
import { ulid } from 'ulid';
import type { z } from 'zod';
import { type Account, accountDef, emailKey, isManager, type Persona, personaKey } from './account.ts';

export type NewAccount = Pick<Account, 'kind' | 'roles' | 'person' | 'persona' | 'invitation' | 'passwordHash' | 'private'>;

/** The accounts of the installation. `changed` is called after a change that other parts of the gateway have to follow. */
export interface Accounts {
  readonly all: Collection<Account, 'by-age' | 'by-kind'>;
  get(id: string): Promise<Account | null>;
  byEmail(email: string): Promise<Account | null>;
  persona(persona: Persona): Promise<Account | null>;
  /** Whether an account of a user, not of the sample, exists. */
  anyReal(): Promise<boolean>;
  /** Real accounts that can manage now. */
  managers(): Promise<Account[]>;
  samples(): Promise<Stored<Account>[]>;
  /** Throws Conflict `email-taken`, `person-taken`, `link-used` when another account holds it. */
  create(account: NewAccount): Promise<Account>;
  /** Throws NotFound, Stale with `current`, and Conflict `last-manager`. */
  patch(id: string, version: number, patch: z.infer<typeof AccountPatch>): Promise<Change>;
  remove(stored: Stored<Account>): Promise<void>;
}

export interface Change {
  stored: Stored<Account>;
  /** Roles changed or the account was disabled: its sessions end. */
  ends: boolean;
}

export function accountsOf({ store, clock }: { store: Store; clock: Clock }): Accounts {
  const all = store.collection(accountDef);
  const one = async (found: Promise<Stored<Account> | null>) => (await found)?.doc ?? null;
  const managers = async () => (await everyReal(all)).filter(isManager);
  const serially = pLimit(1);
  return {
    all,
    get: (id) => one(all.get(id)),
    byEmail: (email) => one(all.byKey(emailKey(email))),
    persona: (persona) => one(all.byKey(personaKey(persona))),
    anyReal: async () => (await all.query({ index: 'by-kind', equals: { kind: 'real' }, limit: 1 })).items.length > 0,
    managers,
    samples: async () => (await all.query({ index: 'by-kind', equals: { kind: 'sample' }, limit: 200 })).items,
    create: (account) => named(all.insert({ _id: ulid(), disabled: false, createdAt: clock.now().toISOString(), ...account })),
    patch: (id, version, patch) => serially(() => change(all, managers, id, version, patch)),
    remove: async (stored) => void (await all.remove(stored)),
  };
}

async function everyReal(all: Accounts['all']): Promise<Account[]> {
  const found: Account[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await all.query({ index: 'by-kind', equals: { kind: 'real' }, limit: 200, cursor: cursor ?? undefined });
    found.push(...page.items.map(({ doc }) => doc));
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

async function named(inserted: Promise<Stored<Account>>): Promise<Account> {
  return (await taken(inserted)).doc;
}

const words = new Map([
  ['email', ['email-taken', 'Another account has this e-mail address']],
  ['person', ['person-taken', 'Another account is linked to this person']],
  ['invitation', ['link-used', 'This link has been used']],
  ['persona', ['persona-taken', 'This persona has an account']],
] as const);

/** Says in words which claim another account holds. */
async function taken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const found = error instanceof TakenKey ? words.get(error.key.split(':')[0] as 'email') : undefined;
    if (found) throw new Conflict(found[0], found[1]);
    throw error;
  }
}

async function change(
  all: Accounts['all'],
  managers: Accounts['managers'],
  id: string,
  version: number,
  patch: z.infer<typeof AccountPatch>,
): Promise<Change> {
  const old = await all.get(id);
  if (!old) throw new NotFound('no-account', 'There is no such account');
  if (old.version !== version) throw new Stale('stale', 'Somebody else has changed this account', { current: { version: old.version } });
  const doc = patched(old.doc, patch);
  if (isManager(old.doc) && !isManager(doc) && (await managers()).every(({ _id }) => _id === id)) {
    throw new Conflict('last-manager', 'One account that can manage has to remain');
  }
  const ends = (doc.disabled && !old.doc.disabled) || doc.roles.join() !== old.doc.roles.join();
  try {
    return { stored: await taken(all.replace(old, doc)), ends };
  } catch (error) {
    if (error instanceof StaleVersion) throw new Stale('stale', 'Somebody else has changed this account', { current: { version: null } });
    throw error;
  }
}

const order = ['engineer', 'manager', 'ops'] as const;

function patched(doc: Account, { name, roles, person, disabled }: z.infer<typeof AccountPatch>): Account {
  return {
    ...doc,
    ...(roles === undefined ? {} : { roles: order.filter((role) => roles.includes(role)) }),
    ...(person === undefined ? {} : { person }),
    ...(disabled === undefined ? {} : { disabled }),
    private: { ...doc.private, ...(name === undefined ? {} : { name }) },
  };
}
