import { setTimeout } from 'node:timers/promises';
import type { Role } from '@sidekick/contracts';
import type { Caller } from './caller.ts';

export const aPassword = 'correct horse battery';

interface Doors {
  browser(): Caller;
  /** Of the portal's start. */
  firstManagerLink(): Promise<string | null>;
}

const tokenOf = (link: string | null | undefined) => link?.split('/').at(-1) ?? '';

/** The link that a start prints for the first manager; null when it prints none. */
export const printedLink = (out: string): string | null => /\(this link works once\): (\S+)/.exec(out)?.[1] ?? null;

/** Accepts an invitation; where a busy store has one come again, for ten seconds. */
export async function accept(browser: Caller, link: string | null, email: string): ReturnType<Caller['api']> {
  const body = { token: tokenOf(link), name: email.split('@')[0], email, password: aPassword };
  const until = performance.now() + 10_000;
  for (;;) {
    const answer = await browser.api('post', '/auth/accept', { body });
    if (answer.status !== 503 || performance.now() > until) return answer;
    await setTimeout(500);
  }
}

/** The first manager, made through the link of the start and signed in. */
export async function firstManager(doors: Doors): Promise<Caller> {
  const browser = doors.browser();
  const { status, body } = await accept(browser, await doors.firstManagerLink(), 'helena@example.org');
  if (status !== 201) throw new Error(`no first manager: ${JSON.stringify(body)}`);
  return browser;
}

/** Somebody whom a manager has invited with these roles, signed in. */
export async function invited(doors: Pick<Doors, 'browser'>, manager: Caller, roles: readonly Role[], email: string): Promise<Caller> {
  const { body } = await manager.api('post', '/accounts/invitations', { body: { roles } });
  const browser = doors.browser();
  const accepted = await accept(browser, body.url, email);
  if (accepted.status !== 201) throw new Error(`not accepted: ${JSON.stringify(accepted.body)}`);
  return browser;
}
