import { workerHeaps as sheets } from './exchange/sheets/heaps.ts';
import { workerHeaps as plan } from './plan/heaps.ts';

/** Every process that staffing starts, as `npm run check` adds them up. */
export const workerHeaps = { ...sheets, ...plan } as const;
