import { afterAll, afterEach, beforeAll, beforeEach, expect, jest } from '@jest/globals';
import type { Envelope, PageView, TreeNodeView } from '@sidekick/contracts';
import { anEngineer } from '@sidekick/testing';
import { contentKit, type Kit, type KitOptions } from './kit.test.helper.ts';

/** A kit as the tests of a file see it: the one that is there while they run. */
export type TestKit = Omit<Kit, 'close'>;
type Identity = typeof anEngineer;

/** One for every test: each starts a process that renders. */
export function kitForEach(options: KitOptions = {}): TestKit {
  jest.setTimeout(120_000);
  let kit: Kit;
  beforeEach(async () => {
    kit = await contentKit(options);
  });
  afterEach(() => kit.close());
  return standingFor(() => kit);
}

/** One for all tests of the file. */
export function kitForAll(): TestKit {
  jest.setTimeout(120_000);
  let kit: Kit;
  beforeAll(async () => {
    kit = await contentKit();
  });
  afterAll(() => kit.close());
  return standingFor(() => kit);
}

const standingFor = (kit: () => Kit): TestKit => ({
  get client() {
    return kit().client;
  },
  get service() {
    return kit().service;
  },
  get bus() {
    return kit().bus;
  },
  get store() {
    return kit().store;
  },
  get folder() {
    return kit().folder;
  },
  importFiles: (...given) => kit().importFiles(...given),
});

/** Pages by their paths, as somebody reads them. */
export function pagesByPath(kit: TestKit) {
  const find = (path: string, as?: Identity) => kit.client.ask('get', `/pages/find?path=${encodeURIComponent(path)}`, as ? { as } : {});
  const read = async (path: string): Promise<PageView> => (await find(path, anEngineer)).body;
  return {
    find,
    read,
    linksOf: async (path: string) => [...(await read(path)).html.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => match[1]),
    tree: async (as?: Identity): Promise<TreeNodeView[]> => (await kit.client.ask('get', '/tree', as ? { as } : {})).body.items,
    /** Changes what is stored now. */
    async edit(path: string, body: object) {
      const { id, version } = await read(path);
      return kit.client.ask('patch', `/pages/${id}`, { as: anEngineer, body, headers: { 'if-match': `"${version}"` } });
    },
  };
}

export const titlesIn = (nodes: TreeNodeView[]): string[] => nodes.flatMap(({ title, children }) => [title, ...titlesIn(children)]);

/** Pages by their ids, as they are written here. */
export function pagesById(kit: TestKit) {
  let count = 0;
  return {
    async aPage(more: object = {}): Promise<PageView> {
      const body = { path: `test/p${++count}`, title: `Page ${count}`, body: 'Text', ...more };
      const { status, body: page } = await kit.client.ask('post', '/pages', { as: anEngineer, body });
      expect(status).toBe(201);
      return page;
    },
    read: (id: string, as: Identity | null = anEngineer, headers = {}) => kit.client.ask<PageView>('get', `/pages/${id}`, { as, headers }),
    patch: (page: { id: string; version: number }, body: object) =>
      kit.client.ask('patch', `/pages/${page.id}`, { as: anEngineer, body, headers: { 'if-match': `"${page.version}"` } }),
  };
}

/** What the service has told others so far, as it comes. */
export function eventsOf(kit: TestKit): Envelope[] {
  const events: Envelope[] = [];
  beforeAll(() => kit.bus.subscribe('search.index', async (event) => void events.push(event)));
  return events;
}
