import type { Logger } from '@sidekick/service-kit';
import { StaleVersion, TakenKey } from '@sidekick/store';
import { ulid } from 'ulid';
import type { Pages } from '../pages/pages.ts';
import { type Attachments, brokeOff, hashKey, type KeptFile } from './file.ts';
import { typeOf } from './sniff.ts';

/** Days that a file is kept after the last page stopped using it, so that an old text can be brought back with its pictures. */
const keptDays = 30;
const everyMs = 3_600_000;
/** A start has other work; a process that is started again every half hour sweeps all the same. */
const firstMs = 300_000;

type Swept = Attachments & Pick<Pages, 'replica' | 'clock'>;

/**
 * Goes through all files once: what no page uses is noted, what none has used for 30 days is removed; answers how many were.
 * Safe beside other replicas and beside saves: a page holds its files before it is written (`hold`), removal is announced by
 * compare-and-set first, and a removal that broke off is finished by the next sweep, or by who wants the file before that.
 */
export async function sweepFiles(content: Swept): Promise<number> {
  const { blobs, replica } = content;
  await replica.refresh();
  await settleRecords(content);
  let removed = 0;
  for await (const { hash, size } of blobs.list()) {
    if (replica.usersOf(hash).length > 0) continue;
    if (await unlessRaced(sweepOne(content, hash, size))) removed++;
  }
  return removed;
}

/**
 * Records that are not true any more: a page came to use the file after a sweep had missed it there, or a removal broke off
 * when the bytes had gone.
 */
async function settleRecords({ files, blobs, replica }: Swept): Promise<void> {
  for await (const { version, doc } of files.scan()) {
    if (!doc) continue;
    const isUsed = doc.state === 'kept' && doc.unusedSince !== null && replica.usersOf(doc.hash).length > 0;
    if (isUsed) await unlessRaced(files.replace({ doc, version }, { ...doc, unusedSince: null }));
    if (doc.state === 'going' && !(await blobs.has(doc.hash))) await unlessRaced(files.remove({ doc, version }));
  }
}

/** Null where another replica sweeps too, or a page has just taken the file: the next sweep sees it. */
async function unlessRaced<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StaleVersion || error instanceof TakenKey) return null;
    throw error;
  }
}

/** Answers whether it was removed. */
async function sweepOne(content: Swept, hash: string, size: number): Promise<boolean> {
  const { files, replica, clock } = content;
  const known = await files.byKey(hashKey(hash));
  // The walk takes its time: others have saved pages since it began.
  await replica.refresh();
  if (replica.usersOf(hash).length > 0) return false;
  const now = clock.now();
  if (!known) {
    const doc = { _id: ulid(), hash, name: hash.slice(0, 12), size, by: null, at: now.toISOString(), state: 'kept' as const };
    await files.insert({ ...doc, type: typeOf(doc.name), unusedSince: now.toISOString() });
    return false;
  }
  const { unusedSince, state } = known.doc;
  if (unusedSince === null && state === 'kept') {
    await files.replace(known, { ...known.doc, unusedSince: now.toISOString() });
    return false;
  }
  const isTime = state === 'kept' ? now.getTime() - Date.parse(unusedSince ?? '') >= keptDays * 86_400_000 : brokeOff(known.doc, now);
  return isTime && removeFile(content, known);
}

/**
 * What nobody wants any more: hidden at once, its bytes go an hour later, by when a page that was being saved with them is seen.
 * Throws StaleVersion when somebody else wrote first.
 */
export async function forget({ files, clock }: Swept, known: KeptFile): Promise<void> {
  const almost = clock.now().getTime() - keptDays * 86_400_000 + everyMs;
  await files.replace(known, { ...known.doc, by: null, also: [], unusedSince: new Date(almost).toISOString() });
}

/** Removes bytes that no page uses; false when one has come to use them. Throws StaleVersion when somebody else wrote first. */
async function removeFile({ files, blobs, replica, clock }: Swept, known: KeptFile): Promise<boolean> {
  const { hash } = known.doc;
  const going = await files.replace(known, { ...known.doc, state: 'going', unusedSince: clock.now().toISOString() });
  await replica.refresh();
  if (replica.usersOf(hash).length > 0) {
    await files.replace(going, { ...going.doc, state: 'kept', unusedSince: null });
    return false;
  }
  await blobs.delete(hash);
  await files.remove(going);
  return true;
}

/** Sweeps a few minutes after the start and every hour from then on, one sweep at a time. */
export function fileSweeper(content: Swept, log: Logger) {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<unknown> | undefined;
  const sweep = () => {
    sweeping ??= sweepFiles(content)
      .then((removed) => removed > 0 && log.info({ removed }, 'files that no page uses were removed'))
      .catch((err: unknown) => log.warn({ err }, 'files that no page uses stay until the next sweep'))
      .finally(() => {
        sweeping = undefined;
      });
  };
  return {
    start(): void {
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = setInterval(sweep, everyMs).unref();
        sweep();
      }, firstMs).unref();
    },
    async stop(): Promise<void> {
      // Also the interval that it has become: Node's are of one kind.
      clearTimeout(timer);
      await sweeping;
    },
  };
}
