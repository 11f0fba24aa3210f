import type { IncomingMessage } from 'node:http';
import { type Identity, largestAttachment } from '@sidekick/contracts';
import { InvalidInput, TooLarge } from '@sidekick/service-kit';
import { StaleVersion, TakenKey } from '@sidekick/store';
import { ulid } from 'ulid';
import type { Content } from '../content.ts';
import { hashKey, type KeptFile } from './file.ts';
import { hold } from './hold.ts';
import { sniff } from './sniff.ts';

const tooLarge = () => new TooLarge('file-too-large', `A file holds at most ${largestAttachment / 1_048_576} MB`);

/** The bytes of a request. Throws TooLarge, or InvalidInput for a body that ends early. */
export async function bytesOf(req: IncomingMessage): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > largestAttachment) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of req as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largestAttachment) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    throw new InvalidInput('upload-broken', 'The upload ended before it was complete');
  }
  return Buffer.concat(chunks);
}

/** Keeps the bytes; the same bytes are one file, under the name they first had. Throws InvalidInput for what is not what it says. */
export async function addFile(
  content: Content,
  bytes: Buffer,
  given: string,
  identity: Identity,
): Promise<{ file: KeptFile; name: string }> {
  const { files, blobs, clock } = content;
  const { name, type } = await sniff(bytes, given);
  const hash = await blobs.put(bytes);
  // Held first: bytes that a sweep is about to remove are waited for, and put again.
  if (!(await hold(content, hash))) await blobs.put(bytes);
  const at = clock.now().toISOString();
  const by = { account: identity.account, name: identity.name };
  const doc = { _id: ulid(), hash, name, type, size: bytes.length, by, at, unusedSince: null, state: 'kept' as const };
  for (;;) {
    const known = await files.byKey(hashKey(hash));
    if (known?.doc.by) return { file: known, name };
    try {
      // What the sweep met first has no name of its own.
      return { file: known ? await files.replace(known, { ...doc, _id: known.doc._id }) : await files.insert(doc), name };
    } catch (error) {
      if (!(error instanceof TakenKey || error instanceof StaleVersion)) throw error;
    }
  }
}
