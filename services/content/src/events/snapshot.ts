import type { Envelope } from '@sidekick/contracts';
import type { Page } from '../pages/page.ts';
import type { Pages } from '../pages/pages.ts';
import type { Revisions } from '../revisions/revisions.ts';
import { pageChanged, stateOf } from './event.ts';

/** Pages whose revisions are read together. */
const chunk = 50;

/** The state event of every page, tombstones included, for a consumer that rebuilds. */
export async function* snapshot(content: Pages & Revisions): AsyncIterable<Envelope> {
  await content.replica.refresh();
  const epoch = await content.epoch();
  let waiting: { id: string; version: number; doc: Page | null }[] = [];
  for await (const row of content.pages.scan()) {
    waiting.push(row);
    if (waiting.length < chunk) continue;
    yield* eventsOf(content, epoch, waiting);
    waiting = [];
  }
  yield* eventsOf(content, epoch, waiting);
}

async function* eventsOf(
  content: Pages & Revisions,
  epoch: string,
  rows: readonly { id: string; version: number; doc: Page | null }[],
): AsyncIterable<Envelope> {
  const heads = await content.revisions.getMany(rows.flatMap(({ doc }) => (doc?.status === 'published' ? [doc.revision] : [])));
  const byId = new Map(heads.map(({ doc }) => [doc._id, doc]));
  for (const { id, version, doc } of rows) {
    const head = doc ? byId.get(doc.revision) : undefined;
    const state = doc && head ? stateOf(doc, head) : null;
    yield pageChanged({ id, epoch, reason: 'snapshot', deleted: doc === null, state, at: content.clock.now(), origin: null })(version);
  }
}
