import type { DumpLine } from '@sidekick/store';
import { type Database, databases, type Installation } from './archive.ts';
import type { Member } from './tar.ts';
import { linesOf, membersOf } from './verify.ts';

/** Loads the databases of an archive that was verified, each in place of what the store holds. */
export async function loadDatabases(
  file: string,
  stores: Installation['stores'],
  said: (database: Database) => void = () => {},
): Promise<void> {
  const members = peekable(membersOf(file));
  // The cover.
  await members.next();
  for (const database of databases) {
    said(database);
    await stores[database].load(lines(members, database), { replace: true });
  }
  await members.end();
}

/** Puts every attachment of an archive; answers their keys. */
export async function loadBlobs(file: string, { put, has }: Pick<Installation['blobs'], 'put' | 'has'>): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { name, bytes } of membersOf(file)) {
    if (!name.startsWith('blobs/')) continue;
    const key = name.slice('blobs/'.length);
    if (!(await has(key))) await put(bytes);
    keys.add(key);
  }
  return keys;
}

async function* lines(members: Peekable, database: Database): AsyncIterable<DumpLine> {
  while ((await members.peek())?.name.startsWith(`${database}/`)) {
    const member = await members.next();
    if (member) yield* linesOf(member);
  }
}

interface Peekable {
  peek(): Promise<Member | undefined>;
  next(): Promise<Member | undefined>;
  end(): Promise<void>;
}
function peekable(members: AsyncIterable<Member>): Peekable {
  const source = members[Symbol.asyncIterator]();
  let held: Member | undefined;
  const peek = async () => {
    held ??= (await source.next()).value as Member | undefined;
    return held;
  };
  return {
    peek,
    async next() {
      const member = await peek();
      held = undefined;
      return member;
    },
    end: async () => void (await source.return?.()),
  };
}
