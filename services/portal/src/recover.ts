import { AccountView, listOf, RecoveryAnswer } from '@sidekick/contracts';
import { type Ask, askAs } from './ask.ts';

/**
 * The one-time link for an account that cannot get in, asked of the portal that runs on this data folder; null when none runs.
 * Throws an Error of one line when there is no such account.
 */
export async function recoverAtRunning(access: { url: string; token: string } | null, email: string): Promise<string | null> {
  if (!access || !(await answers(access.url))) return null;
  const ask = askAs(access);
  const account = await accountOf(ask, email);
  if (!account) throw new Error(`No account that may sign in has the e-mail ${email}`);
  return RecoveryAnswer.parse(await ask('POST', `/accounts/${account.id}/recovery`)).url;
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/livez`).then(
    ({ ok }) => ok,
    () => false,
  );

async function accountOf(ask: Ask, email: string): Promise<AccountView | undefined> {
  const wanted = email.trim().toLowerCase();
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = listOf(AccountView).parse(await ask('GET', `/accounts?limit=200${query}`));
    const found = page.items.find((account) => account.email === wanted && !account.disabled);
    if (found) return found;
    cursor = page.nextCursor;
  }
  return undefined;
}
