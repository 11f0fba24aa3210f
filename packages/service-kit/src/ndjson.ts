import { once } from 'node:events';
import type { Response } from 'express';

/**
 * Answers a stream of values, one a line, as fast as they are read, and last `{ "end": count }`: without that line the
 * stream broke off. An answer that nobody reads any more is given up.
 */
export async function sendLines(res: Response, values: AsyncIterable<unknown> | Iterable<unknown>): Promise<void> {
  res.setHeader('cache-control', 'no-store');
  res.type('application/x-ndjson');
  const gone = once(res, 'close').catch(() => {});
  let count = 0;
  for await (const value of values) {
    if (res.destroyed) return;
    count += 1;
    if (!res.write(`${JSON.stringify(value)}\n`)) await Promise.race([once(res, 'drain'), gone]);
  }
  res.end(`${JSON.stringify({ end: count })}\n`);
}
