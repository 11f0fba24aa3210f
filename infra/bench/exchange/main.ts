import { benchCsv } from './csv.ts';

/** `npm run bench -- exchange`: what goes in and out, a part a file. */
export async function benchExchange(): Promise<void> {
  await benchCsv();
}
