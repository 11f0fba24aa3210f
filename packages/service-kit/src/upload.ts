import type { IncomingMessage } from 'node:http';
import { InvalidInput, type TooLarge } from './errors.ts';
import { withTimeout } from './timeout.ts';

/** How long an upload may send nothing, in milliseconds: others wait for its place. */
const longestSilence = 30_000;

export interface UploadLimits {
  /** Bytes. */
  readonly largest: number;
  readonly tooLarge: () => TooLarge;
  /** What to do when it stops coming: "add the file again". */
  readonly again: string;
  /** Milliseconds, for tests. */
  readonly silence?: number | undefined;
}

/** The bytes of a request. Throws what `tooLarge` makes, or InvalidInput for a body that ends early or stops coming. */
export async function uploadedBytes(req: IncomingMessage, limits: UploadLimits): Promise<Buffer> {
  const { largest, tooLarge, again, silence = longestSilence } = limits;
  if (Number(req.headers['content-length'] ?? 0) > largest) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  const stalled = () => new InvalidInput('upload-stalled', `The upload sent nothing for ${silence / 1000} s; ${again}`);
  // What is left of a request that is refused can be read all the same, so that its connection serves the next one.
  const parts = req.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  for (;;) {
    const { done, value } = await withTimeout(silence, parts.next(), stalled).catch((error: unknown) => {
      throw error instanceof InvalidInput ? error : new InvalidInput('upload-broken', 'The upload ended before it was complete');
    });
    if (done) return Buffer.concat(chunks);
    size += value.length;
    if (size > largest) {
      await parts.return?.();
      throw tooLarge();
    }
    chunks.push(value);
  }
}
