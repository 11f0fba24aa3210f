import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InvalidInput, TooLarge } from '@sidekick/service-kit';

/** Bytes of a zip. */
const largestUpload = 512 * 1024 * 1024;

export interface Upload {
  file: string;
  bytes: number;
  /** Removes the file. */
  done: () => Promise<void>;
}

/** Streams a request's body to a temporary file. Throws TooLarge, or InvalidInput for a body that ends early. */
export async function receive(req: IncomingMessage): Promise<Upload> {
  if (!/^application\/(?:zip|x-zip-compressed|octet-stream)\b/.test(req.headers['content-type'] ?? '')) {
    throw new InvalidInput('no-zip', 'Send the folder as one zip file, with content type application/zip');
  }
  const tooLarge = () => new TooLarge('zip-too-large', `An upload holds at most ${largestUpload / 1_048_576} MB`);
  if (Number(req.headers['content-length'] ?? 0) > largestUpload) throw tooLarge();
  const folder = await mkdtemp(join(tmpdir(), 'sidekick-import-'));
  const file = join(folder, 'upload.zip');
  const done = () => rm(folder, { recursive: true, force: true });
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      next(bytes > largestUpload ? tooLarge() : null, chunk);
    },
  });
  try {
    // By way of an iterator: what is left of a request that is too large can be read all the same, and its connection serves the next.
    await pipeline(req.iterator({ destroyOnReturn: false }), count, createWriteStream(file, { mode: 0o600 }));
    return { file, bytes, done };
  } catch (error) {
    await done();
    if (error instanceof TooLarge) throw error;
    throw new InvalidInput('upload-broken', 'The upload ended before it was complete');
  }
}
