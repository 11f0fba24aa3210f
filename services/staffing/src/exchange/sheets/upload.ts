import type { IncomingMessage } from 'node:http';
import { TooLarge, UnsupportedMedia, uploadedBytes } from '@sidekick/service-kit';

export const sheetTypes = [
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
] as const;

const largest = 10 * 1024 * 1024;
const tooLarge = () =>
  new TooLarge('sheet-too-large', `A sheet holds at most ${largest / 1_048_576} MB. Take out what is neither people nor weeks`);

/** The bytes of a sheet. Throws UnsupportedMedia, TooLarge, or InvalidInput for a body that ends early or stops coming. */
export async function sheetBytes(req: IncomingMessage, silence?: number): Promise<Buffer> {
  const type = (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (!sheetTypes.some((known) => known === type))
    throw new UnsupportedMedia('unsupported-media-type', `Send the sheet itself, with one of the content types ${sheetTypes.join(', ')}`);
  return uploadedBytes(req, { largest, tooLarge, again: 'send the sheet again', silence });
}
