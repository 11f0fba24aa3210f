import type { ServerResponse } from 'node:http';

/**
 * Answers a stream of values, one a line, as fast as they are read, and last `{ "end": count }`: without that line the
 * stream broke off. An answer that nobody reads any more is given up.
 */
export async function sendLines(res: ServerResponse, values: AsyncIterable<unknown> | Iterable<unknown>): Promise<void> {
  res.setHeader('cache-control', 'no-store');
  res.setHeader('content-type', 'application/x-ndjson');
  // A reader who leaves may do so with an error of the connection, which is nobody's failure.
  res.on('error', () => {});
  const gone = new Promise<void>((resolve) => res.once('close', resolve));
  let count = 0;
  for await (const value of values) {
    if (res.destroyed) return;
    count += 1;
    if (!res.write(`${JSON.stringify(value)}\n`)) await Promise.race([new Promise<void>((resolve) => res.once('drain', resolve)), gone]);
  }
  res.end(`${JSON.stringify({ end: count })}\n`);
}
