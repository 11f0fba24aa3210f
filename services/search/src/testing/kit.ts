import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { type Bus, sqliteBus } from '@sidekick/bus';
import type { Envelope, SearchAnswer } from '@sidekick/contracts';
import { anEngineer, type Client, clientOf, quietLog, testKeys, until } from '@sidekick/testing';
import { createSearch, type Engine, ftsEngine, type Search, type SearchDependencies } from '../index.ts';
import { type Owner, ownerOf } from './owner.ts';
import { epochs, event, ids, noor, page } from './things.ts';

export const pageEvent = (id: string, sequence: number, title: string, over: { deleted?: boolean; epoch?: string } = {}): Envelope => {
  const state = over.deleted ? null : page({ title, sections: [{ anchor: '', heading: title, level: 1, text: 'words', code: '' }] });
  return event('content.page.changed.v1', id, sequence, state, over.deleted, over.epoch);
};
export const noorEvent = (sequence: number, epoch: string = epochs[0]) =>
  event('staffing.person.changed.v1', ids.noor, sequence, noor, false, epoch);
export const [first, second, third] = ['01JZZZZZZZZZZZZZZZZZPAGE01', '01JZZZZZZZZZZZZZZZZZPAGE02', '01JZZZZZZZZZZZZZZZZZPAGE03'] as const;

type Options = { bus?: Bus } & Partial<Pick<SearchDependencies, 'looks' | 'pauses' | 'clock'>>;

/** A search service of each test of a file, between a bus of its own and two owners whose answers the test decides. */
export function searchOfEachTest() {
  const kit = {
    folder: '',
    bus: null as unknown as Bus,
    engine: null as unknown as Engine,
    search: null as unknown as Search,
    client: null as unknown as Client,
    content: null as unknown as Owner,
    staffing: null as unknown as Owner,
    async open(options: Options = {}): Promise<void> {
      const { sign, verify } = await testKeys();
      kit.bus = options.bus ?? sqliteBus({ file: join(kit.folder, 'bus.db') });
      await kit.bus.declare();
      kit.engine = await ftsEngine({ file: join(kit.folder, 'search.db') });
      const { bus, engine } = kit;
      const own = { engine, bus, log: quietLog, verify, snapshots: [kit.content, kit.staffing] };
      kit.search = createSearch({ pauses: [20, 40], ...options, ...own });
      kit.client = await clientOf(kit.search, sign);
    },
    async close(): Promise<void> {
      await kit.client.close();
      await kit.bus.close();
    },
    async reopen(between: () => void, options: Options = {}): Promise<void> {
      await kit.close();
      between();
      await kit.open(options);
    },
    /** As a replica whose queue expired while it was off. */
    loseQueue: () => rmSync(join(kit.folder, 'bus.db')),
    async ask(query: string) {
      return (await kit.client.ask<SearchAnswer>('get', `/search?q=${query}`, { as: anEngineer })).body;
    },
    /** What is found, by title. */
    async titles(q = 'words'): Promise<string[]> {
      const { items } = await kit.ask(`${q}&exact=true`);
      return items.map(({ title }) => title.map(({ text }) => text).join('')).sort();
    },
    becomes: (what: string, expected: string[], q?: string) =>
      until(what, async () => JSON.stringify(await kit.titles(q)) === JSON.stringify(expected)),
    handled: () => until('an empty queue', async () => (await kit.bus.depth('search.index')) === 0),
    async publish(...events: Envelope[]) {
      await kit.bus.publish(events);
      await kit.handled();
    },
    readyz: async () => (await kit.client.ask('get', '/readyz')).body,
    index: async () => (await kit.client.ask('get', '/status')).body.index,
    async metric(name: string) {
      const text = (await kit.client.ask<string>('get', '/metrics')).body;
      return Number(new RegExp(`^sidekick_${name}\\{.*\\} (.*)$`, 'm').exec(text)?.[1]);
    },
  };
  beforeEach(() => {
    kit.folder = mkdtempSync(join(tmpdir(), 'sidekick-upkeep-'));
    kit.content = ownerOf('content');
    kit.staffing = ownerOf('staffing');
  });
  afterEach(async () => {
    await kit.close();
    rmSync(kit.folder, { recursive: true });
  });
  return kit;
}
