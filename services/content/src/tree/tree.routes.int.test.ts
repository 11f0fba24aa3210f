import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type PageView, TreeAnswer, type TreeNodeView } from '@sidekick/contracts';
import { anEngineer } from '@sidekick/testing';
import { contentKit, type Kit } from '../testing/kit.test.helper.ts';

describe('branches of the tree over HTTP', () => {
  let kit: Kit;
  const ids = new Map<string, string>();
  const write = async (path: string, more: object = {}) => {
    const body = { path, title: path, body: 'Text', ...more };
    const answer = await kit.client.ask<PageView>('post', '/pages', { as: anEngineer, body });
    expect(answer.status).toBe(201);
    ids.set(path, answer.body.id);
  };
  /** A public one at `<source>/draft`: they come by import alone. */
  const draft = async (source: string) => {
    await kit.importFiles({ 'draft.md': '---\ndraft: true\n---\n# Draft\n' }, `source=${source}&public=true`);
    const { body } = await kit.client.ask<PageView>('get', `/pages/find?path=${source}/draft`, { as: anEngineer });
    expect([body.status, body.visibility]).toEqual(['draft', 'public']);
    ids.set(body.path, body.id);
  };
  const open = { visibility: 'public' };
  beforeAll(async () => {
    kit = await contentKit();
    await write('area/open', open);
    await write('area/internal');
    await write('area/open/below', open);
    await write('area/open/below-internal');
    await write('area/internal/open-below', open);
    await write('secret/internal');
    await draft('area');
    await draft('secret');
    await write('archived', open);
    const archive = { as: anEngineer, headers: { 'if-match': '"1"' }, body: { status: 'archived' } };
    expect((await kit.client.ask('patch', `/pages/${ids.get('archived')}`, archive)).status).toBe(200);
  });
  afterAll(() => kit.close());

  type Reader = typeof anEngineer | null;
  const ask = (query: string, as: Reader) => kit.client.ask('get', `/tree?${query}`, { as });
  const tree = async (query: string, as: Reader) => {
    const { status, body } = await ask(query, as);
    expect([query, status]).toEqual([query, 200]);
    return TreeAnswer.parse(body);
  };
  /** Every path, with how many stand below where they were not sent. */
  const shape = (nodes: readonly TreeNodeView[]): string[] =>
    nodes.flatMap(({ path, children, total = 0 }) => [children.length < total ? `${path} +${total}` : path, ...shape(children)]);

  test('`at` opens the way to a page for those who are signed in: internal pages too, no drafts, nothing archived', async () => {
    const { items, way } = await tree('at=area/open', anEngineer);
    expect(shape(items)).toEqual(['area', 'area/internal +1', 'area/open', 'area/open/below', 'area/open/below-internal', 'secret +1']);
    expect(way?.map(({ id, path }) => [id, path])).toEqual([
      [null, 'area'],
      [ids.get('area/open'), 'area/open'],
    ]);
  });

  test('`at` shows nobody more than public pages, and folders that hold one; counts tell of no others', async () => {
    const { items, total } = await tree('at=area/open', null);
    expect([shape(items), total]).toEqual([['area', 'area/open', 'area/open/below', 'area/internal +1'], 1]);
    const [area] = items;
    expect(area?.children.map(({ id, path, total: below }) => [id, path, below])).toEqual([
      [ids.get('area/open'), 'area/open', 1],
      [null, 'area/internal', 1],
    ]);
  });

  test('`at` of what a reader may not see is that of what never was: the top alone', async () => {
    for (const path of ['secret/internal', 'secret', 'area/open/below-internal', 'area/draft'])
      expect(await tree(`at=${path}`, null)).toEqual(await tree('at=never/was', null));
    for (const path of ['area/draft', 'archived'])
      expect(await tree(`at=${path}`, anEngineer)).toEqual(await tree('at=never/was', anEngineer));
  });

  test('`below` answers the children of a page, a folder and the top, as its reader may see them', async () => {
    const below = async (key: string, as: Reader) => {
      const { items, total } = await tree(`below=${encodeURIComponent(key)}`, as);
      return [...shape(items), total];
    };
    const page = ids.get('area/open') ?? '';
    expect(await below(page, anEngineer)).toEqual(['area/open/below', 'area/open/below-internal', 2]);
    expect(await below(page, null)).toEqual(['area/open/below', 1]);
    expect(await below('area', anEngineer)).toEqual(['area/internal +1', 'area/open +2', 2]);
    expect(await below('area', null)).toEqual(['area/open +1', 'area/internal +1', 2]);
    expect(await below('', anEngineer)).toEqual(['area +2', 'secret +1', 2]);
    expect(await below('', null)).toEqual(['area +2', 1]);
    expect((await tree(`below=${page}&from=1`, anEngineer)).items.map(({ path }) => path)).toEqual(['area/open/below-internal']);
  });

  test('`below` of what a reader may not see answers as for what never was', async () => {
    const never = await ask('below=never', null);
    const hidden = ['secret', ids.get('secret/internal'), ids.get('area/internal'), ids.get('area/draft'), ids.get('archived')];
    for (const key of hidden) {
      const { status, body } = await ask(`below=${key}`, null);
      expect([key, status, body.type]).toEqual([key, 404, never.body.type]);
    }
    for (const path of ['area/draft', 'secret/draft', 'archived'])
      expect((await ask(`below=${ids.get(path)}`, anEngineer)).status).toBe(404);
  });

  test('what nobody may see is in no byte of any branch', async () => {
    const hidden = [
      'secret',
      'below-internal',
      'draft',
      'archived',
      ...['area/internal', 'secret/internal', 'area/draft'].map((path) => ids.get(path) ?? ''),
    ];
    for (const query of ['', 'at=area/open', 'at=secret', 'below=', 'below=area']) {
      const text = JSON.stringify(await tree(query, null));
      expect(hidden.filter((word) => text.includes(word))).toEqual([]);
    }
  });

  test('a page that becomes internal leaves the branches of nobody at once', async () => {
    await write('turns', open);
    expect(shape((await tree('at=turns', null)).items)).toContain('turns');
    const change = { as: anEngineer, headers: { 'if-match': '"1"' }, body: { visibility: 'internal' } };
    expect((await kit.client.ask('patch', `/pages/${ids.get('turns')}`, change)).status).toBe(200);
    expect(shape((await tree('below=', null)).items)).not.toContain('turns');
    expect(shape((await tree('at=turns', anEngineer)).items)).toContain('turns');
  });
});
