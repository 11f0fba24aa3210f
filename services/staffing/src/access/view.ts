import type { Identity } from '@sidekick/contracts';
import { isManager } from './rights.ts';

/**
 * As whose eyes and of which database an answer is: what was read in one view tells nothing of another. Opaque to clients but for the
 * database before the first dot.
 */
export const viewFor = (epoch: string, reader: Identity | null): string =>
  [epoch, reader?.account ?? '', reader && isManager(reader) ? 'manager' : (reader?.person ?? '')].join('.');
