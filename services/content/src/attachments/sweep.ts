import type { Logger } from '@sidekick/service-kit';
import { StaleVersion, TakenKey } from '@sidekick/store';
import { ulid } from 'ulid';
import type { Content } from '../content.ts';
import { hashKey, type KeptFile } from './file.ts';
import { typeOf } from './sniff.ts';

/** Days that a file is kept after the last page stopped using it, so that an old text can be brought back with its pictures. */
const keptDays = 30;
const everyMs = 3_600_000;

type Swept = Pick<Content, 'files' | 'blobs' | 'site' | 'clock'>;

/**
 * Goes through all bytes once: what no page uses is noted, what none has used for 30 days is removed; answers how many were.
 * Safe beside other replicas and beside saves: a page holds its files before it is written (`hold`), removal is announced by
 * compare-and-set first, and a removal that broke off is finished by the next sweep.
 */
export async function sweepFiles(content: Swept): Promise<number> {
  const { blobs, site } = content;
  await site.refresh();
  let removed = 0;
  for await (const { hash, size } of blobs.list()) {
    if (site.usersOf(hash).length > 0) continue;
    if (await sweepOne(content, hash, size)) removed++;
  }
  return removed;
}

async function sweepOne(content: Swept, hash: string, size: number): Promise<boolean> {
  const { files, clock } = content;
  const now = clock.now();
  try {
    const known = await files.byKey(hashKey(hash));
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
    if (state === 'kept' && now.getTime() - Date.parse(unusedSince ?? '') < keptDays * 86_400_000) return false;
    return await removeFile(content, known);
  } catch (error) {
    // Another replica sweeps too, or a page has just taken the file: the next sweep sees it.
    if (error instanceof StaleVersion || error instanceof TakenKey) return false;
    throw error;
  }
}

/**
 * What nobody wants any more: hidden at once, its bytes go an hour later, by when a page that was being saved with them is seen.
 * Throws StaleVersion when somebody else wrote first.
 */
export async function forget({ files, clock }: Swept, known: KeptFile): Promise<void> {
  const almost = clock.now().getTime() - keptDays * 86_400_000 + everyMs;
  await files.replace(known, { ...known.doc, by: null, unusedSince: new Date(almost).toISOString() });
}

/** Removes bytes that no page uses; false when one has come to use them. Throws StaleVersion when somebody else wrote first. */
async function removeFile({ files, blobs, site }: Swept, known: KeptFile): Promise<boolean> {
  const { hash } = known.doc;
  const going = known.doc.state === 'going' ? known : await files.replace(known, { ...known.doc, state: 'going' });
  await site.refresh();
  if (site.usersOf(hash).length > 0) {
    await files.replace(going, { ...going.doc, state: 'kept', unusedSince: null });
    return false;
  }
  await blobs.delete(hash);
  await files.remove(going);
  return true;
}

/** Sweeps an hour after the start and every hour from then on, one sweep at a time. */
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
      clearInterval(timer);
      timer = setInterval(sweep, everyMs).unref();
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await sweeping;
    },
  };
}
