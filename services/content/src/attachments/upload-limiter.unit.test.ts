import { expect, test } from '@jest/globals';
import { until } from '@sidekick/testing';
import { uploadLimiter } from './upload-limiter.ts';

test('uploads that do not end hold up their own account alone, and are refused when too many of it wait', async () => {
  const limited = uploadLimiter();
  const begun: string[] = [];
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const stall = (account: string) =>
    limited(account, async () => {
      begun.push(account);
      await ended;
    });
  const stalled = Array.from({ length: 102 }, () => stall('ben'));
  expect(await limited('ida', async () => 'added')).toBe('added');
  await expect(stall('ben')).rejects.toMatchObject({ code: 'uploads-wait', details: { retryAfter: 5 } });
  expect(begun).toEqual(['ben', 'ben']);
  end();
  await Promise.all(stalled);
  await until('the others of the account', () => begun.length === 102);
});

test('of all accounts eight are read at once', async () => {
  const limited = uploadLimiter();
  let open = 0;
  let most = 0;
  const one = (account: string) =>
    limited(account, async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
    });
  await Promise.all(Array.from({ length: 40 }, (_, n) => one(`account ${n % 10}`)));
  expect(most).toBe(8);
});
