import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder of the data that some tests run against, from `SIDEKICK_DATA` or beside the checkout; null where it is not. */
export function sidekickData(name: string): string | null {
  const root = process.env['SIDEKICK_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
  const folder = join(root, name);
  return existsSync(folder) ? folder : null;
}
