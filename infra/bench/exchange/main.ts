import { benchCsv } from './csv.ts';
import { benchFeed } from './feed.ts';
import { benchSheet } from './sheet.ts';

/** What comes in and goes out of the portal: each part by itself. */
export async function benchExchange(): Promise<void> {
  await benchFeed();
  await benchCsv();
  await benchSheet();
}
