import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { FileInUse, openOwnFile } from '@sidekick/sqlite';
import { until } from '@sidekick/testing';
import { busContract } from './bus.contract.ts';
import { type Bus, sqliteBus } from './index.ts';
import { aProjectEvent } from './testing/events.ts';
import type { BusSide } from './testing/side.ts';

describe('bus in SQLite', () => {
  busContract(sqliteSide);

  test('refuses a file that another connection holds', async () => {
    const side = await sqliteSide();
    await side.open();
    await expect(side.open()).rejects.toThrow(FileInUse);
    await side.end();
  });

  test('asks again at the next start when its consumer could not note that the queue was missing', async () => {
    const side = await sqliteSide();
    const unable = { replica: 0, onMissing: () => Promise.reject(new Error('disk full')) };
    const first = await side.open();
    await expect(first.subscribe('search.index', async () => {}, unable)).rejects.toThrow('disk full');
    await first.close();
    expect(await (await side.open()).subscribe('search.index', async () => {})).toMatchObject({ fresh: true });
    await side.end();
  });

  test('has one replica', async () => {
    const side = await sqliteSide();
    const bus = await side.open();
    await expect(bus.subscribe('search.index', async () => {}, { replica: 1 })).rejects.toThrow('one replica');
    await side.end();
  });

  test('delivers 5,000 events of one call in a few commits', async () => {
    const side = await sqliteSide();
    const bus = await side.open();
    let handled = 0;
    await bus.subscribe('search.index', async () => {
      handled += 1;
    });
    await bus.publish(Array.from({ length: 5000 }, (_, n) => aProjectEvent(n + 1)));
    await until('all', () => handled === 5000);
    await until('an empty queue', async () => (await bus.depth('search.index')) === 0);
    await side.end();
  });
});

async function sqliteSide(): Promise<BusSide> {
  const folder = await mkdtemp(join(tmpdir(), 'sidekick-bus-'));
  const file = join(folder, 'bus.db');
  const opened: Bus[] = [];
  return {
    childArguments: ['sqlite', file, ''],
    async open({ bare: _bare, ...options } = {}) {
      const bus = sqliteBus({ file, ...options });
      opened.push(bus);
      await bus.declare();
      return bus;
    },
    async smuggle(text) {
      const db = openOwnFile(file);
      db.run('insert into delivery (queue, body) values (?, ?)', ['search.index', text]);
      await db.close();
    },
    async end() {
      await Promise.all(opened.map((bus) => bus.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
