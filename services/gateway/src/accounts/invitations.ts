import { type AcceptInvitation, Email, type InvitationCreate, type InvitationView, Role, Ulid } from '@sidekick/contracts';
import { type Clock, Conflict, NotFound } from '@sidekick/service-kit';
import type { CollectionDef, Store } from '@sidekick/store';
import { ulid } from 'ulid';
import { z } from 'zod';
import { drain } from '../common/races.ts';
import { digest, newSecret } from '../common/secrets.ts';
import { type Account, invitationKey } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { Audit } from './audit.ts';
import { hashPassword } from './password.ts';

const lastsDays = 7;

const Invitation = z.strictObject({
  _id: Ulid,
  /** SHA-256 of the token in the link. */
  hash: z.string().length(64),
  roles: z.array(Role).min(1),
  person: Ulid.nullable(),
  note: z.string(),
  email: Email.nullable(),
  /** The link of the start, for the first manager: 1, else 0. */
  first: z.number().int().min(0).max(1),
  /** Null for the first one. */
  by: Ulid.nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
type Invitation = z.infer<typeof Invitation>;
const definition: CollectionDef<Invitation, 'by-first' | 'by-expiry'> = {
  name: 'invitations',
  schema: Invitation,
  indexes: { 'by-first': ['first'], 'by-expiry': ['expiresAt'] },
  upcasts: [(old) => ({ ...(old as Invitation), email: null })],
  unique: ({ hash }) => [`hash:${hash}`],
};

interface InvitationsDeps {
  store: Store;
  clock: Clock;
  accounts: Accounts;
  audit: Audit;
}

export interface Invitations {
  /** Throws Conflict `email-taken` when somebody signs in with its e-mail already. */
  create(by: string, invitation: z.infer<typeof InvitationCreate>): Promise<Made>;
  /** The one-time link of the first manager; earlier ones end. Null once an account can manage. */
  first(): Promise<Made | null>;
  /** Throws NotFound `no-invitation` for a link that is used, expired, was never made, or whose maker does not manage any more. */
  view(token: string): Promise<InvitationView>;
  /** Makes the account. Throws NotFound `no-invitation`, Conflict `email-taken`, `person-taken`, `link-used`, `has-manager`. */
  accept(given: z.infer<typeof AcceptInvitation>): Promise<Account>;
  sweep(): Promise<number>;
}

export interface Made {
  id: string;
  token: string;
  expiresAt: string;
}

export function invitationsOf({ store, clock, accounts, audit }: InvitationsDeps): Invitations {
  const invitations = store.collection(definition);
  const make = async (invitation: Pick<Invitation, 'roles' | 'person' | 'note' | 'email' | 'first' | 'by'>): Promise<Made> => {
    const token = newSecret();
    const createdAt = clock.now().toISOString();
    const expiresAt = new Date(clock.now().getTime() + lastsDays * 86_400_000).toISOString();
    const { doc } = await invitations.insert({ _id: ulid(), hash: digest(token), createdAt, expiresAt, ...invitation });
    return { id: doc._id, token, expiresAt };
  };
  const open = async (token: string): Promise<Invitation> => {
    const doc = (await invitations.byKey(`hash:${digest(token)}`))?.doc;
    const used = doc ? await accounts.all.byKey(invitationKey(doc._id)) : null;
    if (!doc || used || doc.expiresAt <= clock.now().toISOString() || !(await accounts.vouches(doc.by))) {
      throw new NotFound(
        'no-invitation',
        'This link does not work any more: it was used, is too old, or who made it does not manage any more. Ask for a new one',
      );
    }
    return doc;
  };
  const removeAll = async (query: Parameters<typeof invitations.query>[0]) => {
    const { items } = await invitations.query(query);
    await invitations.writeMany(items.map((old) => ({ do: 'remove', old })));
    return items.length;
  };
  return {
    create: async (by, { roles, person, note, email }) => {
      const holder = email === null ? null : await accounts.byEmail(email);
      if (holder) {
        const message = `${holder.private.name} signs in with this address already. Who cannot get in needs a link from Accounts, Change`;
        throw new Conflict('email-taken', message, { errors: [{ path: 'email', message }] });
      }
      return make({ roles, person, note, email, first: 0, by });
    },
    first: async () => {
      await drain(() => removeAll({ index: 'by-first', equals: { first: 1 }, limit: 200 }));
      if ((await accounts.managers()).length > 0) return null;
      return make({ roles: ['manager', 'ops'], person: null, note: '', email: null, first: 1, by: null });
    },
    view: async (token) => {
      const { roles, note, email, first } = await open(token);
      return { roles, note, email, first: first === 1 };
    },
    accept: async ({ token, name, email, password }) => {
      const { _id, roles, person, first, by } = await open(token);
      if (first === 1 && (await accounts.managers()).length > 0) throw new Conflict('has-manager', 'Somebody manages this portal already');
      const passwordHash = await hashPassword(password);
      const words = { name, email };
      const account = { kind: 'real', roles, person, persona: null, invitation: _id, passwordHash, private: words } as const;
      const id = ulid();
      return audit.audited([{ did: 'joined', by, account: id, after: roles }], () => accounts.create({ ...account, roles }, id));
    },
    sweep: () => removeAll({ index: 'by-expiry', range: { lte: clock.now().toISOString() }, limit: 200 }),
  };
}
