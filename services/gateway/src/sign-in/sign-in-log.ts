import { SignInAttempt, Ulid } from '@sidekick/contracts';
import type { Clock } from '@sidekick/service-kit';
import type { CollectionDef, Page, Store } from '@sidekick/store';
import { z } from 'zod';
import { nextId } from '../common/audited.ts';
import { placeOf } from '../sessions/visitor.ts';

/** Entries older than 90 days are swept: they hold addresses. */
const keptDays = 90;

const SignInEntry = z.strictObject({
  _id: Ulid,
  /** Null when the e-mail belongs to no account. */
  account: Ulid.nullable(),
  by: SignInAttempt.shape.by,
  outcome: SignInAttempt.shape.outcome,
  address: z.string().max(100),
  /** What limits count the address by. */
  place: z.string().max(100),
  at: z.iso.datetime(),
});
type SignInEntry = z.infer<typeof SignInEntry>;
const definition: CollectionDef<SignInEntry, 'by-account' | 'by-place' | 'by-time'> = {
  name: 'sign-ins',
  schema: SignInEntry,
  indexes: { 'by-account': ['account', 'outcome', 'at'], 'by-place': ['account', 'outcome', 'place'], 'by-time': ['at'] },
  upcasts: [(old) => ({ ...(old as SignInEntry), place: placeOf((old as SignInEntry).address) })],
};

export interface SignInLog {
  note(entry: Pick<SignInEntry, 'account' | 'by' | 'outcome' | 'address'>): Promise<void>;
  /** The instant of an account's last sign-in within 90 days. */
  last(account: string): Promise<string | null>;
  /** Whether an account has signed in from an address, or its network, within 90 days. */
  wasRight(account: string, address: string): Promise<boolean>;
  /** Newest first. */
  list(limit: number, cursor: string | undefined): Promise<Page<SignInEntry>>;
  sweep(): Promise<number>;
}

export function signInLogOf({ store, clock }: { store: Store; clock: Clock }): SignInLog {
  const entries = store.collection(definition);
  return {
    note: async (entry) =>
      void (await entries.insert({ _id: nextId(), at: clock.now().toISOString(), place: placeOf(entry.address), ...entry })),
    last: async (account) => {
      const equals = { account, outcome: 'ok' } as const;
      const { items } = await entries.query({ index: 'by-account', equals, order: 'desc', limit: 1 });
      return items[0]?.doc.at ?? null;
    },
    wasRight: async (account, address) => {
      const equals = { account, outcome: 'ok', place: placeOf(address) } as const;
      return (await entries.query({ index: 'by-place', equals, limit: 1 })).items.length > 0;
    },
    async list(limit, cursor) {
      const { items, nextCursor } = await entries.query({ index: 'by-time', order: 'desc', limit, cursor });
      return { items: items.map(({ doc }) => doc), nextCursor };
    },
    sweep: async () => {
      const before = new Date(clock.now().getTime() - keptDays * 86_400_000).toISOString();
      const { items } = await entries.query({ index: 'by-time', range: { lt: before }, limit: 200 });
      await entries.writeMany(items.map((old) => ({ do: 'remove', old })));
      return items.length;
    },
  };
}
