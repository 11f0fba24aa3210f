import type { IncomingMessage } from 'node:http';
import { keyOf } from '@sidekick/blobs';
import { type Identity, largestAttachment } from '@sidekick/contracts';
import { InvalidInput, TooLarge } from '@sidekick/service-kit';
import { StaleVersion, TakenKey, within } from '@sidekick/store';
import { ulid } from 'ulid';
import { bringersOf, broughtBy, hashKey, type KeptFile, mostBringers } from './file.ts';
import { type Held, hold } from './hold.ts';
import { sniff } from './sniff.ts';

/** How long an upload may send nothing, in milliseconds: others wait for its place. */
const longestSilence = 30_000;
const tooLarge = () => new TooLarge('file-too-large', `A file holds at most ${largestAttachment / 1_048_576} MB`);

/** The bytes of a request. Throws TooLarge, or InvalidInput for a body that ends early or stops coming. */
export async function bytesOf(req: IncomingMessage, silence = longestSilence): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > largestAttachment) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  const stalled = () => new InvalidInput('upload-stalled', `The upload sent nothing for ${silence / 1000} s; add the file again`);
  // What is left of a request that is refused can be read all the same, so that its connection serves the next one.
  const parts = req.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  for (;;) {
    const { done, value } = await within(silence, parts.next(), stalled).catch((error: unknown) => {
      throw error instanceof InvalidInput ? error : new InvalidInput('upload-broken', 'The upload ended before it was complete');
    });
    if (done) return Buffer.concat(chunks);
    size += value.length;
    if (size > largestAttachment) {
      await parts.return?.();
      throw tooLarge();
    }
    chunks.push(value);
  }
}

/** Keeps the bytes; the same bytes are one file, under the name they first had, of all who brought them. Throws InvalidInput for what is not what it says. */
export async function addFile(content: Held, bytes: Buffer, given: string, identity: Identity): Promise<{ file: KeptFile; name: string }> {
  const { files, blobs, clock } = content;
  const { name, type } = await sniff(bytes, given);
  // Held first: bytes that a sweep is about to remove are waited for until they are gone, and put then.
  await hold(content, await keyOf(bytes));
  const hash = await blobs.put(bytes);
  const at = clock.now().toISOString();
  const by = { account: identity.account, name: identity.name };
  const doc = { _id: ulid(), hash, name, type, size: bytes.length, by, at, unusedSince: null, state: 'kept' as const };
  for (;;) {
    const known = await files.byKey(hashKey(hash));
    const bringers = known ? bringersOf(known.doc) : [];
    if (known && (broughtBy(known.doc, by.account) || bringers.length >= mostBringers)) return { file: known, name };
    try {
      if (known && bringers.length > 0) {
        const [first = by, ...also] = [...bringers, by];
        return { file: await files.replace(known, { ...known.doc, by: first, also }), name };
      }
      // What the sweep met first has no name of its own.
      return { file: known ? await files.replace(known, { ...doc, _id: known.doc._id }) : await files.insert(doc), name };
    } catch (error) {
      if (!(error instanceof TakenKey || error instanceof StaleVersion)) throw error;
    }
  }
}
