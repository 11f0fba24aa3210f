import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Blobs } from '@sidekick/blobs';
import type { DumpLine, Store } from '@sidekick/store';
import { z } from 'zod';
import { type Member, tarEnd, tarMember } from './tar.ts';

/**
 * Databases in the order in which they are copied: what is pointed at is written first and copied last, so whatever a
 * copied record points at is in the archive although writes go on.
 */
export const databases = ['gateway', 'content', 'staffing'] as const;
export type Database = (typeof databases)[number];

/** What is made anew by a start, and would open a door to whoever finds an archive: signing keys, and sessions of browsers. */
export const leftOut: Readonly<Record<Database, readonly string[]>> = {
  gateway: ['keys', 'sessions', 'webhook-deliveries'],
  content: [],
  staffing: [],
};

/** The first member. `format` is raised when an older release could not read the archive. */
export const Cover = z.strictObject({ format: z.number().int().min(1), release: z.string(), at: z.iso.datetime() });
export const format = 1;
/** The last member: every other one in order, so that an archive cut short has none. */
export const Manifest = z.strictObject({
  members: z.array(z.strictObject({ name: z.string(), bytes: z.number().int(), sha256: z.string().length(64), lines: z.number().int() })),
});
type Listed = z.infer<typeof Manifest>['members'][number];
export const coverName = 'sidekick.json';
export const manifestName = 'manifest.json';

export interface Installation {
  stores: Readonly<Record<Database, Store>>;
  blobs: Blobs;
}
export interface ArchiveOptions extends Installation {
  release: string;
  at: Date;
}

/** Lines of one member, in bytes: so much is held in memory, and a line that is longer is a member of its own. */
const partSize = 4 * 1024 * 1024;

/** The whole installation as a `.tar.gz`. Ends with an error, and so without an end, when a part of it cannot be read. */
export async function* backupOf(options: ArchiveOptions): AsyncIterable<Uint8Array> {
  const gzip = createGzip();
  const feeding = pipeline(Readable.from(archiveOf(options)), gzip);
  feeding.catch(() => {});
  yield* gzip;
  await feeding;
}

/** A tar, read through the ports while it goes on working. Throws when a blob is not what its key says. */
async function* archiveOf({ stores, blobs, release, at }: ArchiveOptions): AsyncIterable<Uint8Array> {
  const members: Listed[] = [];
  const add = (member: Member, lines = 0) => {
    members.push(listed(member, lines));
    return tarMember(member, at);
  };
  yield* add(jsonMember(coverName, { format, release, at: at.toISOString() }));
  for (const database of databases) {
    for await (const part of partsOf(database, stores[database].dump())) yield* add(part, part.lines);
  }
  for await (const { hash } of blobs.list()) {
    const bytes = await blobs.get(hash);
    if (bytes && sha256(bytes) !== hash) throw new Error(`The attachment ${hash} is damaged; nothing was backed up`);
    if (bytes) yield* add({ name: `blobs/${hash}`, bytes });
  }
  yield* tarMember(jsonMember(manifestName, { members }), at);
  yield tarEnd();
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const listed = ({ name, bytes }: Member, lines: number): Listed => ({ name, bytes: bytes.length, sha256: sha256(bytes), lines });
const jsonMember = (name: string, value: object): Member => ({ name, bytes: Buffer.from(`${JSON.stringify(value)}\n`) });

/** Groups lines of one collection into members: `content/pages.0001.ndjson`. */
async function* partsOf(database: Database, lines: AsyncIterable<DumpLine>): AsyncIterable<Member & { lines: number }> {
  let part = { group: '', number: 0, texts: [] as string[], size: 0 };
  const made = () => ({
    name: `${database}/${part.group}.${String(part.number).padStart(4, '0')}.ndjson`,
    bytes: Buffer.from(part.texts.join('')),
    lines: part.texts.length,
  });
  for await (const line of lines) {
    const group = groupOf(line);
    if (leftOut[database].includes(group)) continue;
    const text = `${JSON.stringify(line)}\n`;
    if (part.texts.length > 0 && (group !== part.group || part.size + text.length > partSize)) yield made();
    if (group !== part.group) part = { group, number: 1, texts: [], size: 0 };
    else if (part.size + text.length > partSize) part = { group, number: part.number + 1, texts: [], size: 0 };
    part.texts.push(text);
    part.size += text.length;
  }
  if (part.texts.length > 0) yield made();
}

/** Lines of a collection or a log go together. */
const groupOf = (line: DumpLine): string => (line.is === 'store' ? 'store' : line.is === 'document' ? line.collection : `log.${line.log}`);
