import type { Accounts } from '../accounts/accounts.ts';
import type { Forward, PartAnswer } from '../forward/forward.ts';

/** Whether pages, records or accounts of the sample are left. A part that does not answer counts as having none. */
export function anySampleOf({ accounts, forward }: { accounts: Accounts; forward: Forward }) {
  const ask = (part: string, path: string, signed: string, requestId: string): Promise<PartAnswer | null> =>
    forward.ask(part, { path, signed, requestId }).catch(() => null);
  return async (signed: string, requestId: string): Promise<boolean> => {
    if ((await accounts.samples()).length > 0) return true;
    const pages = await ask('content', '/sources/sample', signed, requestId);
    if (pages?.status === 200 && positive((JSON.parse(pages.body) as { pages?: unknown }).pages)) return true;
    const records = await ask('staffing', '/sample', signed, requestId);
    if (records?.status !== 200) return false;
    return Object.values((JSON.parse(records.body) as { records?: object }).records ?? {}).some(positive);
  };
}

const positive = (count: unknown): boolean => typeof count === 'number' && count > 0;
