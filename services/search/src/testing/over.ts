import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { type Bus, sqliteBus } from '@sidekick/bus';
import type { Envelope, SearchAnswer } from '@sidekick/contracts';
import { anEngineer, type Client, clientOf, quietLog, testKeys, until } from '@sidekick/testing';
import { createSearch, type Engine, ftsEngine } from '../index.ts';
import { event, noor, page } from './things.ts';

const idOf = (n: number) => `01JZZZZZZZZZZZZZZZZZPAG${String(n).padStart(3, '0')}`;
export const aPage = (n: number, title: string, text: string, over: object = {}, sequence = 1): Envelope =>
  event(
    'content.page.changed.v1',
    idOf(n),
    sequence,
    page({
      path: `p/${n}`,
      title,
      tags: [],
      trail: [],
      owners: [],
      sections: [{ anchor: '', heading: title, level: 1, text, code: '' }],
      ...over,
    }),
  );
export const aPerson = (n: number, name: string, skills: string[] = []): Envelope =>
  event('staffing.person.changed.v1', `01JZZZZZZZZZZZZZZZZZPER${String(n).padStart(3, '0')}`, 1, {
    ...noor,
    skills: skills.map((skill) => ({ skill, level: 3 })),
    private: { name },
  });
export const textOf = (parts: { text: string }[]): string => parts.map((part) => part.text).join('');

/** A search service for all tests of a file, which knows what these events say. */
export function searchOver(...events: Envelope[]) {
  let folder: string;
  let bus: Bus;
  const kit = {
    engine: null as unknown as Engine,
    client: null as unknown as Client,
    async publish(...more: Envelope[]): Promise<void> {
      await bus.publish(more);
      await until('the index to follow', async () => (await bus.depth('search.index')) === 0);
    },
    find: async (q: string, more = '') =>
      (await kit.client.ask<SearchAnswer>('get', `/search?q=${encodeURIComponent(q)}${more}`, { as: anEngineer })).body,
    titles: async (q: string, more = '&exact=true') => (await kit.find(q, more)).items.map(({ title }) => textOf(title)),
    notes: async (q: string, more = '') => (await kit.find(q, more)).notes.map(({ kind, words }) => [kind, ...words]),
    completions: async (q: string): Promise<string[]> =>
      (await kit.client.ask('get', `/search/completions?q=${encodeURIComponent(q)}`, { as: anEngineer })).body.items.map(
        (item: { text: string }) => item.text,
      ),
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sidekick-words-'));
    const { sign, verify } = await testKeys();
    bus = sqliteBus({ file: join(folder, 'bus.db') });
    await bus.declare();
    kit.engine = await ftsEngine({ file: join(folder, 'search.db') });
    const nothing = (source: 'content' | 'staffing') => ({ source, async *read() {} });
    const search = createSearch({ engine: kit.engine, bus, log: quietLog, verify, snapshots: [nothing('content'), nothing('staffing')] });
    kit.client = await clientOf(search, sign);
    await search.built();
    await kit.publish(...events);
  }, 60_000);
  afterAll(async () => {
    await bus.close();
    await kit.client.close();
    rmSync(folder, { recursive: true });
  });
  return kit;
}
