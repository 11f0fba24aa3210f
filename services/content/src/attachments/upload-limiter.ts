import { Unavailable } from '@sidekick/service-kit';
import { lanesOf } from '@sidekick/workers';
import pLimit from 'p-limit';

/** Uploads that hold their bytes in memory at once, of all and of one account; those that wait are not read yet. */
const ofAll = 8;
const ofOne = 2;
/** Uploads of one account that may wait: more than anybody drops at once. */
const mostWaiting = 100;

export type UploadLimiter = <R>(account: string, upload: () => Promise<R>) => Promise<R>;

/** Slow uploads of one account keep nobody else from adding files. Throws Unavailable when too many of one wait. */
export function uploadLimiter(): UploadLimiter {
  const lanes = lanesOf(ofOne);
  const places = pLimit(ofAll);
  return async (account, upload) => {
    if (lanes.waiting(account) >= mostWaiting)
      throw new Unavailable('uploads-wait', 'Many of your files are being added; add more in a moment', { retryAfter: 5 });
    return lanes.run(account, () => places(upload));
  };
}
