import type { IncomingMessage } from 'node:http';
import { InvalidInput, TooLarge, UnsupportedMedia } from '@sidekick/service-kit';
import { within } from '@sidekick/store';

export const sheetTypes = [
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
] as const;

const largest = 10 * 1024 * 1024;
/** How long an upload may send nothing, in milliseconds. */
const longestSilence = 30_000;
const tooLarge = () =>
  new TooLarge('sheet-too-large', `A sheet holds at most ${largest / 1_048_576} MB. Take out what is neither people nor weeks`);

/** The bytes of a sheet. Throws UnsupportedMedia, TooLarge, or InvalidInput for a body that ends early or stops coming. */
export async function sheetBytes(req: IncomingMessage, silence = longestSilence): Promise<Buffer> {
  const type = (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (!sheetTypes.some((known) => known === type))
    throw new UnsupportedMedia('unsupported-media-type', `Send the sheet itself, with one of the content types ${sheetTypes.join(', ')}`);
  if (Number(req.headers['content-length'] ?? 0) > largest) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  const stalled = () => new InvalidInput('upload-stalled', `The upload sent nothing for ${silence / 1000} s; send the sheet again`);
  // What is left of a request that is refused can be read all the same, so that its connection serves the next one.
  const parts = req.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  for (;;) {
    const { done, value } = await within(silence, parts.next(), stalled).catch((error: unknown) => {
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
