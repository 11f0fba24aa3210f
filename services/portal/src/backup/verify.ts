import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { DumpLine } from '@sidekick/store';
import type { z } from 'zod';
import { Cover, coverName, databases, format, listed, Manifest, manifestName, sha256 } from './archive.ts';
import { BadArchive, type Member, readTar } from './tar.ts';

/** What a whole archive holds. */
export interface Contents {
  release: string;
  /** When it was begun. */
  at: string;
  documents: number;
  entries: number;
  blobs: number;
}

/** Members of a `.tar.gz` in order. Throws BadArchive when it is cut short, damaged or no such file at all. */
export async function* membersOf(file: string): AsyncIterable<Member> {
  const gunzip = createGunzip();
  const source = createReadStream(file).on('error', (error) => gunzip.destroy(error));
  try {
    yield* readTar(source.pipe(gunzip));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code?.startsWith('Z_')
      ? new BadArchive(`${file} is cut short, damaged or no backup at all (${(error as Error).message})`)
      : error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

/** Folders of an archive in their order. */
const places: readonly (string | undefined)[] = [...databases, 'blobs'];

/** Reads all of it and compares it with its own list. Throws BadArchive before anything was done with it. */
export async function verifyArchive(file: string): Promise<Contents> {
  const found: z.infer<typeof Manifest>['members'] = [];
  const contents: Contents = { release: '', at: '', documents: 0, entries: 0, blobs: 0 };
  let manifest: z.infer<typeof Manifest> | undefined;
  let furthest = 0;
  for await (const member of membersOf(file)) {
    if (manifest) throw new BadArchive(`${file} goes on after its list`);
    const place = places.indexOf(member.name.split('/')[0]);
    if (place >= 0 && place < furthest) throw new BadArchive(`${member.name} is not where it should be in the backup`);
    furthest = Math.max(furthest, place);
    if (found.length === 0) Object.assign(contents, coverOf(member));
    if (member.name === manifestName) manifest = parsed(member, Manifest);
    else found.push(listed(member, found.length === 0 ? 0 : readMember(member, contents)));
  }
  if (!manifest) throw new BadArchive(`${file} is cut short: its list is missing`);
  if (JSON.stringify(manifest.members) !== JSON.stringify(found))
    throw new BadArchive(`${file} is not what its list says; it was changed after it was made`);
  return contents;
}

function coverOf(member: Member): Pick<Contents, 'release' | 'at'> {
  if (member.name !== coverName) throw new BadArchive('this is no backup of Sidekick');
  const { format: its, release, at } = parsed(member, Cover);
  if (its > format) throw new BadArchive(`the backup was made by release ${release} in a newer form; restore it with that release`);
  return { release, at };
}

/** Answers the number of lines. */
function readMember(member: Member, contents: Contents): number {
  const [folder, name = ''] = member.name.split('/');
  if (folder === 'blobs') {
    if (sha256(member.bytes) !== name) throw new BadArchive(`the attachment ${name} is damaged`);
    contents.blobs += 1;
    return 0;
  }
  if (!places.includes(folder)) throw new BadArchive(`this release does not know what ${member.name} is`);
  let lines = 0;
  for (const { is } of linesOf(member)) {
    if (is === 'document') contents.documents += 1;
    if (is === 'entry') contents.entries += 1;
    lines += 1;
  }
  return lines;
}

export function* linesOf({ name, bytes }: Member): Iterable<DumpLine> {
  for (const text of Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').split('\n')) {
    if (text !== '') yield json(name, text) as DumpLine;
  }
}

function parsed<T>({ name, bytes }: Member, schema: z.ZodType<T>): T {
  const { success, data } = schema.safeParse(json(name, Buffer.from(bytes).toString('utf8')));
  if (!success) throw new BadArchive(`${name} in the backup is not what it should be`);
  return data;
}

function json(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadArchive(`${name} in the backup is damaged`);
  }
}
