import { SetupPatch, SetupView } from '@sidekick/contracts';
import { etag, ifMatch, type Route, route, Stale } from '@sidekick/service-kit';
import { type CollectionDef, StaleVersion, type Store, TakenKey } from '@sidekick/store';
import { z } from 'zod';
import { knownCaller } from '../sessions/callers.ts';

const Setup = z.strictObject({ _id: z.literal('setup'), skipped: SetupView.shape.skipped });
type Setup = z.infer<typeof Setup>;
const definition: CollectionDef<Setup> = { name: 'setup', schema: Setup, indexes: {} };

export interface SetupDeps {
  store: Store;
  /** Whether anything of the sample is still there, as somebody with this identity may learn. */
  anySample: (signed: string, requestId: string) => Promise<boolean>;
}

/** First-run steps of the installation. Version 0: nobody has skipped one yet. */
export function setupRoutes({ store, anySample }: SetupDeps): Route[] {
  const setups = store.collection(definition);
  const answer = async (signed: string, requestId: string) => {
    const stored = await setups.get('setup');
    const version = stored?.version ?? 0;
    const body = { version, sample: await anySample(signed, requestId), skipped: stored?.doc.skipped ?? [] };
    return { status: 200, body, headers: { etag: etag(version) } };
  };
  const write = async (version: number, skipped: Setup['skipped']) => {
    const old = await setups.get('setup');
    if ((old?.version ?? 0) !== version) throw new StaleVersion('setup');
    const doc: Setup = { _id: 'setup', skipped: [...new Set(skipped)] };
    await (old ? setups.replace(old, doc) : setups.insert(doc));
  };
  return [
    route({
      method: 'get',
      path: '/setup',
      operation: 'readSetup',
      summary: 'First-run steps, and whether sample data is still there',
      access: 'signed-in',
      answers: { 200: SetupView },
      handle: ({ req, requestId }) => answer(knownCaller(req).signed, requestId),
    }),
    route({
      method: 'patch',
      path: '/setup',
      operation: 'changeSetup',
      summary: 'Skips first-run steps for everyone',
      access: ['manager'],
      body: SetupPatch,
      answers: { 200: SetupView },
      problems: [412, 428],
      handle: async ({ body, req, requestId }) => {
        const { signed } = knownCaller(req);
        try {
          await write(ifMatch(req), body.skipped);
        } catch (error) {
          if (!(error instanceof StaleVersion || error instanceof TakenKey)) throw error;
          throw new Stale('stale', 'Somebody else has changed the set-up', { current: (await answer(signed, requestId)).body });
        }
        return answer(signed, requestId);
      },
    }),
  ];
}
