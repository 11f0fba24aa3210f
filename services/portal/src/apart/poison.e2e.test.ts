import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { DeadLetterView } from '@sidekick/contracts';
import { describeWith, until } from '@sidekick/testing';
import { type Apart, smuggle, startApart } from '@sidekick/testing/apart';
import { ulid } from 'ulid';
import { type Caller, callerAt } from '../testing/caller.ts';

jest.setTimeout(300_000);

const title = 'Poisonous toadstool';

describeWith(['mongo', 'amqp', 'redis'], 'an event that search cannot handle', (mongoUrl = '', amqpUrl = '', redisUrl = '') => {
  let apart: Apart;
  let caller: Caller;
  const folder = mkdtempSync(join(tmpdir(), 'sidekick-poison-'));
  const file = join(folder, 'refuse');
  beforeAll(async () => {
    writeFileSync(file, '');
    const preload = new URL(`../testing/poison.mjs?${new URLSearchParams({ title, file })}`, import.meta.url);
    const search = { NODE_OPTIONS: `--import ${preload.href}` };
    apart = await startApart({ mongoUrl, amqpUrl, redisUrl, env: { search } });
    caller = callerAt(() => ({ url: apart.url, token: apart.token }));
  });
  afterAll(async () => {
    await apart?.close();
    rmSync(folder, { recursive: true });
  });

  const newPage = async (name: string, body: string) => {
    const id = ulid();
    const page = { path: `poison/${id.toLowerCase()}`, title: name, body };
    expect((await caller.api('put', `/pages/${id}`, { body: page, headers: { 'if-none-match': '*' } })).status).toBe(201);
  };
  const finds = (word: string, count: number) =>
    until(
      `${count} hits for ${word}`,
      async () => (await caller.api('get', `/search?q=${word}&exact=true`)).body.items.length === count,
      60,
    );
  const letters = async (): Promise<DeadLetterView[]> => (await caller.api('get', '/system/dead-letters')).body.items;

  test('is tried four times and becomes a dead letter, while the queue behind it goes on; sent again it is handled', async () => {
    await newPage(title, 'quokka');
    await newPage('Behind the failing one', 'quokka');
    await smuggle(amqpUrl, `${apart.names.prefix}search.index.0`, '{ no JSON at all');
    await newPage('Behind the broken one', 'quokka');
    await finds('quokka', 2);
    const dead = await until('two dead letters', async () => ((await letters()).length === 2 ? await letters() : null), 200);
    expect(dead.map(({ attempts, reason }) => [attempts, reason.split(':')[0]]).sort()).toEqual([
      [1, 'does not parse'],
      [4, 'Error'],
    ]);
    await newPage('Behind the dead letters', 'quokka');
    await finds('quokka', 3);
    const failed = dead.find(({ event }) => event !== null);
    expect(failed?.reason).toContain('the index refuses it');

    rmSync(file);
    const address = `/system/dead-letters/search.index/${encodeURIComponent(failed?.id ?? '')}`;
    expect((await caller.api('post', `${address}/replay`)).status).toBe(204);
    await finds('quokka', 4);
    await until('the broken one alone', async () => (await letters()).map(({ event }) => event).join() === '');
    expect(await letters()).toHaveLength(1);
  });
});
