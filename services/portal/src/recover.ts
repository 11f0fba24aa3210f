import { AccountView, listOf, RecoveryAnswer, tidyEmail } from '@sidekick/contracts';
import { type Ask, askAs } from './ask.ts';

interface Access {
  url: string;
  token: string;
}

/** Seconds for each answer: a portal whose store hangs has said so by then. */
const patience = 10;

/**
 * The one-time link for an account that cannot get in, asked of the portal that runs on this data folder; null when none runs.
 * Throws an Error of one line when there is no such account, or what runs there does not answer.
 */
export async function recoverAtRunning(access: Access | null, email: string, seconds = patience): Promise<string | null> {
  if (!access || !(await answers(access.url, seconds))) return null;
  const ask = askAs({ ...access, seconds });
  const account = await accountOf(ask, email);
  if (!account) throw new Error(`No account that may sign in has the e-mail ${email}`);
  return RecoveryAnswer.parse(await ask('POST', `/accounts/${account.id}/recovery`)).url;
}

const answers = (url: string, seconds: number): Promise<boolean> =>
  fetch(`${url}/livez`, { signal: AbortSignal.timeout(seconds * 1_000) }).then(
    ({ ok }) => ok,
    (error: Error) => {
      if (error.name !== 'TimeoutError') return false;
      throw new Error(`The portal at ${url} does not answer. End it, then run this again.`);
    },
  );

async function accountOf(ask: Ask, email: string): Promise<AccountView | undefined> {
  const wanted = tidyEmail(email);
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = listOf(AccountView).parse(await ask('GET', `/accounts?limit=200${query}`));
    const found = page.items.find((account) => account.email === wanted && !account.disabled);
    if (found) return found;
    cursor = page.nextCursor;
  }
  return undefined;
}
