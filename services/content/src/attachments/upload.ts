import type { IncomingMessage } from 'node:http';
import { keyOf } from '@sidekick/blobs';
import { type Identity, largestAttachment } from '@sidekick/contracts';
import { TooLarge, uploadedBytes } from '@sidekick/service-kit';
import { StaleVersion, TakenKey } from '@sidekick/store';
import { ulid } from 'ulid';
import { bringersOf, broughtBy, hashKey, type KeptFile, mostBringers } from './file.ts';
import { type Held, hold } from './hold.ts';
import { sniff } from './sniff.ts';

const tooLarge = () => new TooLarge('file-too-large', `A file holds at most ${largestAttachment / 1_048_576} MB`);

/** The bytes of a request. Throws TooLarge, or InvalidInput for a body that ends early or stops coming. */
export const bytesOf = (req: IncomingMessage, silence?: number): Promise<Buffer> =>
  uploadedBytes(req, { largest: largestAttachment, tooLarge, again: 'add the file again', silence });

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
