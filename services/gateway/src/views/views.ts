import { isDeepStrictEqual } from 'node:util';
import { nameKey, type OwnView, type OwnViewBody, Ulid } from '@sidekick/contracts';
import { Conflict, InvalidInput, NotFound, Stale } from '@sidekick/service-kit';
import { type CollectionDef, StaleVersion, type Store, type Stored, TakenKey } from '@sidekick/store';
import { z } from 'zod';
import { drain } from '../common/races.ts';

const most = 100;

const View = z.strictObject({ _id: Ulid, account: Ulid, name: z.string(), screen: z.string(), query: z.string() });
type View = z.infer<typeof View>;
const definition: CollectionDef<View, 'by-account'> = {
  name: 'views',
  schema: View,
  indexes: { 'by-account': ['account', '_id'] },
  unique: ({ account, screen, name }) => [`name:${account}:${screen}:${nameKey(name)}`],
};

/** What screens show, saved by name, of one account each: nobody else reads it. */
export interface OwnViews {
  of(account: string): Promise<OwnView[]>;
  /** `version` is the one read; null creates, and a repeat answers what is stored. Throws Stale, NotFound, and InvalidInput for a name that another has. */
  put(account: string, id: string, body: OwnViewBody, version: number | null): Promise<{ view: OwnView; made: boolean }>;
  /** Throws NotFound and Stale. */
  remove(account: string, id: string, version: number): Promise<void>;
  removeAll(account: string): Promise<void>;
}

export function ownViewsOf({ store }: { store: Store }): OwnViews {
  const views = store.collection(definition);
  const storedOf = async (account: string) => (await views.query({ index: 'by-account', equals: { account }, limit: most })).items;
  const own = async (account: string, id: string, version: number): Promise<Stored<View>> => {
    const stored = await views.get(id);
    if (!stored || stored.doc.account !== account) throw new NotFound('no-view', 'This view is not there any more');
    if (stored.version !== version) throw staleBy(stored);
    return stored;
  };
  const create = async (account: string, id: string, body: OwnViewBody) => {
    const doc = { _id: id, account, ...body };
    const there = await views.get(id);
    if (there && isDeepStrictEqual(there.doc, doc)) return { view: viewOf(there), made: false };
    if (there) throw new Conflict('already-there', 'Another view has this id; make a new one');
    if ((await storedOf(account)).length >= most)
      throw new Conflict('too-many-views', `An account has at most ${most} views; remove some first`);
    return { view: viewOf(await views.insert(doc)), made: true };
  };
  return {
    of: async (account) => (await storedOf(account)).map(viewOf),
    put: (account, id, body, version) =>
      told(body, id, async () => {
        if (version === null) return create(account, id, body);
        const stored = await own(account, id, version);
        return { view: viewOf(await views.replace(stored, { ...stored.doc, ...body })), made: false };
      }),
    removeAll: (account) =>
      drain(async () => (await views.writeMany((await storedOf(account)).map((old) => ({ do: 'remove', old })))).length),
    remove: (account, id, version) => told(null, id, async () => void (await views.remove(await own(account, id, version)))),
  };
}

const viewOf = ({ doc: { _id, name, screen, query }, version }: Stored<View>): OwnView => ({ id: _id, name, screen, query, version });

const staleBy = (stored: Stored<View>) => new Stale('stale', 'This view was changed meanwhile', { current: viewOf(stored) });

/** What the store refuses, in words. */
async function told<T>(body: OwnViewBody | null, id: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof StaleVersion) throw new Stale('stale', 'This view was changed meanwhile');
    if (!(error instanceof TakenKey)) throw error;
    if (error.key === `id:${id}`) throw new Conflict('already-there', 'Another view has had this id; make a new one');
    const message = `You have a view called ${body?.name} already`;
    throw new InvalidInput('invalid-body', message, [{ path: 'name', message }]);
  }
}
