import { describe, expect, test } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import { anEngineer, anOps, until } from '@sidekick/testing';
import { eventsOf, kitForAll, pagesById } from '../testing/pages.test.helper.ts';

const kit = kitForAll();
const { aPage, patch } = pagesById(kit);
const events = eventsOf(kit);

describe('events', () => {
  test('carry the published state with its sections, and none once archived', async () => {
    const page = await aPage({ title: 'Said', body: '# Said\n\nIntro\n\n## Part\n\ntext\n', tags: ['t'] });
    const of = (version: number) =>
      until('the event', () => events.find(({ subject, sequence }) => subject === page.id && sequence === version));
    expect((await of(1)).data).toMatchObject({
      deleted: false,
      state: {
        title: 'Said',
        tags: ['t'],
        sections: [
          { heading: 'Said', anchor: '', text: 'Intro' },
          { heading: 'Part', anchor: 'part', text: 'text' },
        ],
      },
    });
    await patch(page, { status: 'archived' });
    expect((await of(2)).data).toMatchObject({ deleted: false, state: null });
  });

  test('the trail of a public page names no internal page', async () => {
    const top = await aPage({ title: 'Secret top' });
    const below = await aPage({ visibility: 'public', place: { parent: top.id, order: null, exclude: false } });
    const inside = await aPage({ place: { parent: top.id, order: null, exclude: false } });
    const trail = async (id: string) =>
      ((await until('the event', () => events.find(({ subject }) => subject === id))).data as { state: { trail: string[] } }).state.trail;
    expect(await trail(below.id)).toEqual([]);
    expect(await trail(inside.id)).toEqual(['Secret top']);
  });

  test('a page above that is renamed or made internal is told of by those below', async () => {
    const top = await aPage({ title: 'Old name', visibility: 'public' });
    const below = await aPage({ visibility: 'public', place: { parent: top.id, order: null, exclude: false } });
    const trail = (version: number) =>
      until('the event', () => {
        const event = events.find(({ subject, sequence }) => subject === below.id && sequence === version);
        return (event?.data as { state: { trail: string[] } } | undefined)?.state.trail;
      });
    expect(await trail(1)).toEqual(['Old name']);
    const renamed = await patch(top, { title: 'New name' });
    expect(await trail(2)).toEqual(['New name']);
    await patch(renamed.body, { visibility: 'internal' });
    expect(await trail(3)).toEqual([]);
  });

  test('the snapshot holds the newest state of every page and the tombstones', async () => {
    const { body } = await kit.client.ask<string>('get', '/pages/snapshot', { as: anOps });
    const all = body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const lines: Envelope[] = all.slice(0, -1);
    expect(all.at(-1)).toEqual({ end: lines.length });
    await until('all events', () =>
      lines.every(({ subject, sequence }) => events.some((event) => event.subject === subject && event.sequence === sequence)),
    );
    const newest = new Map(events.map((event) => [event.subject, event]));
    for (const [subject, event] of newest) {
      const line = lines.find((one) => one.subject === subject);
      expect(line).toMatchObject({
        sequence: event.sequence,
        epoch: event.epoch,
        data: { deleted: (event.data as { deleted: boolean }).deleted },
      });
    }
    expect((await kit.client.ask('get', '/pages/snapshot', { as: anEngineer })).status).toBe(403);
  });
});
