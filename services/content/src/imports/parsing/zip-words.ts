import { open } from 'node:fs/promises';
import { InvalidInput } from '@sidekick/service-kit';

/** First bytes of what people take for a zip. */
const others: readonly [string, string][] = [
  ['7z\xbc\xaf\x27\x1c', 'a 7z archive'],
  ['Rar!', 'a RAR archive'],
  ['\x1f\x8b', 'a gzip archive (.gz or .tgz)'],
  ['BZh', 'a bzip2 archive'],
  ['\xfd7zXZ', 'an xz archive'],
];
const again = 'Pack the folder as an ordinary zip once more, and upload that';

/** Says of a file that could not be read as a zip what it is, as far as that shows, and what to do. */
export async function noZip(file: string, failure: Error): Promise<InvalidInput> {
  const handle = await open(file, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0).finally(() => handle.close());
  return new InvalidInput('no-zip', words(buffer.toString('latin1', 0, bytesRead), failure.message));
}

function words(head: string, failure: string): string {
  const isFirstPart = head.startsWith('PK\x07\x08');
  const isBegun = isFirstPart || head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06');
  const other = others.find(([start]) => head.startsWith(start))?.[1];
  const isEndless = /^End of central directory/.test(failure);
  // The last part of a split zip begins in the middle of what it holds, and the first has no end.
  if (/multi-disk/.test(failure) || (isEndless && isFirstPart)) return `This is one part of a zip that was split. ${again}, in one file`;
  if (/encryption/.test(failure)) return `The zip is encrypted. ${again}, without a password`;
  if (isEndless) {
    if (isBegun) return 'The end of the zip file is missing: it was not downloaded or copied to its end. Do that again, then upload it';
    return `The upload is no zip file${other ? ` but ${other}` : ''}. Pack the folder as a zip, and upload that`;
  }
  if (!isBegun) return `Something else stands before the zip in this file, such as a program that unpacks it. Unpack it. ${again}`;
  return `The zip file is damaged. ${again}`;
}

/** The same of one file in a zip. */
export function unreadable(failure: Error): Error {
  if (!/^unsupported compression method/.test(failure.message)) return new Error('it is damaged in the zip');
  return new Error('it is packed in a way that is not read here; pack it as an ordinary zip (deflate)');
}
