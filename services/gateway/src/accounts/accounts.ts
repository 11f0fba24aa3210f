import type { AccountPatch, Identity } from '@sidekick/contracts';
import { type Clock, Conflict, NotFound, Stale } from '@sidekick/service-kit';
import { type Collection, StaleVersion, type Store, type Stored, TakenKey } from '@sidekick/store';
import pLimit from 'p-limit';
import { ulid } from 'ulid';
import type { z } from 'zod';
import { unlessStale } from '../common/races.ts';
import { type Account, accountDef, emailKey, isManager, type Persona, personaKey } from './account.ts';
import type { Audit } from './audit.ts';
import { auditEntriesOf, patched } from './change.ts';
import { machine } from './machine.ts';
import { refuseChange } from './rights.ts';

export type NewAccount = Pick<Account, 'kind' | 'roles' | 'person' | 'persona' | 'invitation' | 'passwordHash' | 'private'>;

/** The accounts of the installation. `changed` is called after a change that other parts of the gateway have to follow. */
export interface Accounts {
  readonly all: Collection<Account, 'by-age' | 'by-kind'>;
  get(id: string): Promise<Account | null>;
  /** By id, those that are there; one question to the store. */
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Account>>;
  /** The account that signs in with an address. */
  byEmail(email: string): Promise<Account | null>;
  persona(persona: Persona): Promise<Account | null>;
  /** Whether an account of a user, not of the sample, exists. */
  anyReal(): Promise<boolean>;
  /** Real accounts that can manage now. */
  managers(): Promise<Account[]>;
  /**
   * Whether a link stands that somebody made: while they manage. What the start (null) or the shell made always stands, a demo persona's
   * until the first account of a user.
   */
  vouches(by: string | null): Promise<boolean>;
  samples(): Promise<Stored<Account>[]>;
  /** Throws Conflict `email-taken`, `person-taken`, `link-used` when another account holds it. */
  create(account: NewAccount, id?: string): Promise<Account>;
  /** Throws NotFound, Forbidden as `refuseChange`, Stale with `current`, and Conflict `last-manager`, `email-taken`, `person-taken`. */
  patch(id: string, version: number, patch: z.infer<typeof AccountPatch>, by: Pick<Identity, 'account' | 'roles'>): Promise<Change>;
  /** A change of what the account's owner alone changes. Throws Conflict `email-taken`. */
  renew(id: string, words: OwnWords): Promise<Account>;
  remove(stored: Stored<Account>): Promise<void>;
}

export interface OwnWords {
  email?: string;
  passwordHash?: string;
}

export interface Change {
  stored: Stored<Account>;
  /** Roles changed or the account was disabled: its sessions end. */
  ends: boolean;
}

export function accountsOf({ store, clock, audit }: { store: Store; clock: Clock; audit: Audit }): Accounts {
  const all = store.collection(accountDef);
  const one = async (found: Promise<Stored<Account> | null>) => (await found)?.doc ?? null;
  const managers = async () => (await everyReal(all)).filter(isManager);
  const anyReal = async () => (await all.query({ index: 'by-kind', equals: { kind: 'real' }, limit: 1 })).items.length > 0;
  const serially = pLimit(1);
  return {
    all,
    get: (id) => one(all.get(id)),
    byIds: async (ids) => new Map((await all.getMany(ids)).map(({ doc }) => [doc._id, doc])),
    byEmail: async (email) => {
      const found = (await all.byKey(emailKey(email)))?.doc;
      return found && !found.disabled ? found : null;
    },
    persona: (persona) => one(all.byKey(personaKey(persona))),
    anyReal,
    managers,
    vouches: async (by) => {
      if (by === null || by === machine.account) return true;
      const account = await one(all.get(by));
      if (!account) return false;
      if (account.kind === 'real') return isManager(account);
      return account.roles.includes('manager') && !account.disabled && !(await anyReal());
    },
    samples: async () => (await all.query({ index: 'by-kind', equals: { kind: 'sample' }, limit: 200 })).items,
    create: async (account, id = ulid()) => {
      await freeEmail(all, account.private.email);
      return named(all.insert({ _id: id, disabled: false, createdAt: clock.now().toISOString(), ...account }));
    },
    patch: (id, version, patch, by) => serially(() => change({ all, managers, audit }, { id, version, patch, by })),
    renew: (id, words) => renew({ all, audit }, id, words),
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

/** One account of an older release that may not sign in still holds its address: written again it lets go of it. */
async function freeEmail(all: Accounts['all'], email: string | null): Promise<void> {
  const holder = email === null ? null : await all.byKey(emailKey(email));
  if (holder?.doc.disabled) await unlessStale(all.replace(holder, holder.doc));
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
    const claim = error instanceof TakenKey ? error.key.split(':')[0] : undefined;
    const found = words.get(claim as 'email');
    if (found) throw new Conflict(found[0], found[1], { errors: [{ path: claim, message: found[1] }] });
    throw error;
  }
}

const stale = (version: number | null) => new Stale('stale', 'Somebody else has changed this account', { current: { version } });

interface Wanted {
  id: string;
  version: number;
  patch: z.infer<typeof AccountPatch>;
  by: Pick<Identity, 'account' | 'roles'>;
}

async function change(
  { all, managers, audit }: Pick<Accounts, 'all' | 'managers'> & { audit: Audit },
  { id, version, patch, by }: Wanted,
): Promise<Change> {
  const old = await all.get(id);
  if (!old) throw new NotFound('no-account', 'There is no such account');
  refuseChange(by, old.doc, patch);
  if (old.version !== version) throw stale(old.version);
  const doc = { ...patched(old.doc, patch), changedBy: by.account };
  const leaves = isManager(old.doc) && !isManager(doc);
  if (leaves && (await managers()).every(({ _id }) => _id === id)) throw lastManager();
  const ends = (doc.disabled && !old.doc.disabled) || doc.roles.join() !== old.doc.roles.join();
  if (!doc.disabled) await freeEmail(all, doc.private.email);
  const write = async () => {
    const stored = await taken(all.replace(old, doc));
    // At another gateway the other one may have gone in the same moment: then both come back.
    if (leaves && (await managers()).length === 0) {
      await giveBack(all, old.doc);
      throw lastManager();
    }
    return stored;
  };
  try {
    return { stored: await audit.audited(auditEntriesOf(old.doc, doc, by.account), write), ends };
  } catch (error) {
    if (error instanceof StaleVersion) throw stale(null);
    throw error;
  }
}

const lastManager = () => new Conflict('last-manager', 'One account that can manage has to remain');

/** Makes an account what it may do again, whatever else of it was changed meanwhile. */
async function giveBack(all: Accounts['all'], { _id, roles, disabled }: Account): Promise<void> {
  for (let now = await all.get(_id); now && !isManager(now.doc); now = await all.get(_id)) {
    await unlessStale(all.replace(now, { ...now.doc, roles, disabled }));
  }
}

/** Repeated when somebody else changes the account meanwhile: nobody else changes these words. */
async function renew(
  { all, audit }: Pick<Accounts, 'all'> & { audit: Audit },
  id: string,
  { email, passwordHash }: OwnWords,
): Promise<Account> {
  if (email !== undefined) await freeEmail(all, email);
  for (;;) {
    const old = await all.get(id);
    if (!old || old.doc.disabled) throw new NotFound('no-account', 'There is no such account');
    const words = { ...old.doc.private, ...(email === undefined ? {} : { email }) };
    const doc = {
      ...old.doc,
      ...(passwordHash === undefined ? {} : { passwordHash }),
      changedBy: id,
      private: words,
    };
    try {
      return (await audit.audited(auditEntriesOf(old.doc, doc, id), () => taken(all.replace(old, doc)))).doc;
    } catch (error) {
      if (!(error instanceof StaleVersion)) throw error;
    }
  }
}
