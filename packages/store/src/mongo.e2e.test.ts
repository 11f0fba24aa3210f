import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from '@jest/globals';
import { describeWith, proxyTo, until } from '@sidekick/testing';
import mongoose from 'mongoose';
import { collectionContract } from './collection.contract.ts';
import { AnswerLost, StoreUnavailable } from './index.ts';
import { logContract } from './log.contract.ts';
import { mongoStore } from './mongo.ts';
import { childOf } from './testing/child.ts';
import { randomContract } from './testing/random.contract.ts';
import { sideAt } from './testing/sides.ts';
import { aThing, things } from './testing/things.ts';

/** What FerretDB answers by itself while the database behind it hangs. */
const isHeartbeat = (bytes: Buffer) => /hello|ismaster/i.test(bytes.toString('latin1'));

describeWith('mongo', "a store on MongoDB's protocol", (url) => {
  const admin = mongoose.createConnection(url);
  afterAll(() => admin.close());
  const newSide = async () => {
    const database = `store-test-${randomUUID().slice(0, 8)}`;
    return sideAt(['mongo', url, database], async () => void (await admin.useDb(database).dropDatabase()));
  };
  collectionContract(newSide);
  randomContract(newSide, 25);
  logContract(newSide);

  test('holds a log of 4 processes contending without a gap or a double', async () => {
    const side = await newSide();
    const store = side.open();
    const log = store.log<{ by: string }>('changes');
    await store.migrate();
    const children = ['a', 'b', 'c', 'd'].map((name) => childOf('log-writer.ts', [name, '25', ...side.address]));
    await Promise.all(children.map((child) => child.done()));
    const entries = await log.read(0, 1_000);
    expect(entries.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
    const told = children.flatMap((child) => child.lines()).toSorted();
    expect(entries.map(({ number, requestId }) => `${number} ${requestId}`).toSorted()).toEqual(told);
    await side.end();
  }, 60_000);

  test('refuses every use until it has been migrated', async () => {
    const side = await newSide();
    const store = side.open();
    const collection = store.collection(things());
    const log = store.log('changes');
    await expect(collection.insert(aThing({ _id: 'a' }))).rejects.toThrow('has not been migrated');
    await expect(log.append({ number: 1, requestId: 'a', entry: {} })).rejects.toThrow(StoreUnavailable);
    await store.ping();
    await store.migrate();
    await collection.insert(aThing({ _id: 'a' }));
    await side.end();
  });

  test('replaces indexes that changed and drops those no longer declared', async () => {
    const side = await newSide();
    const names = async () => {
      const indexes = await admin
        .useDb(side.address[2] ?? '')
        .collection('things')
        .listIndexes()
        .toArray();
      return new Map(indexes.map(({ name, key }) => [name, Object.keys(key).join()]));
    };
    const first = side.open();
    first.collection(things());
    await first.migrate();
    expect((await names()).get('by by-rank')).toBe('doc.rank,_id');
    const second = side.open();
    second.collection({ ...things(), indexes: { 'by-rank': ['rank', 'name'] } });
    await second.migrate();
    expect((await names()).get('by by-rank')).toBe('doc.rank,doc.name,_id');
    expect((await names()).has('by by-group')).toBe(false);
    await side.end();
  });

  test('keeps the indexes of an older release that may still run, and drops them once it may not', async () => {
    const side = await newSide();
    const byName = { indexes: { 'by-name': ['name'] } as never };
    const found = async () =>
      (
        await admin
          .useDb(side.address[2] ?? '')
          .collection('things')
          .indexes()
      ).map(({ name }) => name);
    const first = side.open();
    first.collection(things());
    await first.migrate();
    const beside = side.open(undefined, { version: 2, oldestReader: 1 });
    beside.collection({ ...things(), ...byName });
    await beside.migrate();
    expect(await found()).toEqual(expect.arrayContaining(['by by-rank', 'by by-name']));
    const changing = side.open(undefined, { version: 2, oldestReader: 1 });
    changing.collection({ ...things(), indexes: { 'by-rank': ['rank', 'name'] } });
    await expect(changing.migrate()).rejects.toThrow('give it another name');
    const alone = side.open(undefined, { version: 2, oldestReader: 2 });
    alone.collection({ ...things(), ...byName });
    await alone.migrate();
    expect(await found()).not.toContain('by by-rank');
    await side.end();
  });

  test('shuts out a release that writes all the time before documents change under it', async () => {
    const side = await newSide();
    const old = side.open();
    const before = old.collection(things());
    await old.migrate();
    let acknowledged = 0;
    const writer = async () => {
      for (;;) {
        await before.insert(aThing({ _id: `d${acknowledged + 1}` }));
        acknowledged += 1;
      }
    };
    const stopped = writer().catch((error: unknown) => error);
    await until('some writes', () => acknowledged > 5);

    const next = side.open(undefined, { version: 2, oldestReader: 2 });
    const after = next.collection({ ...things(), upcasts: [(doc) => ({ ...(doc as object), rank: 7 })] });
    const [, again] = await Promise.all([next.migrate(), side.open(undefined, { version: 2, oldestReader: 2 }).migrate()]);
    expect(again).toBeUndefined();
    expect(await stopped).toEqual(expect.objectContaining({ name: 'StoreUnavailable', message: expect.stringContaining('too old') }));
    expect(await old.ready()).toEqual({ ok: false, reason: 'too-old' });
    const rows = admin.useDb(side.address[2] ?? '').collection('things');
    expect(await rows.countDocuments({ schemaVersion: 2, 'doc.rank': 7 })).toBe(acknowledged);
    expect(await rows.countDocuments({})).toBe(acknowledged);
    expect((await after.get('d1'))?.doc.rank).toBe(7);
    await side.end();
  }, 60_000);

  test('reads any number of documents and entries with one command, and sends no other after it', async () => {
    const side = await newSide();
    const monitored = new URL(url);
    monitored.searchParams.set('monitorCommands', 'true');
    const before = mongoose.connections.length;
    const store = mongoStore({ url: monitored.href, database: side.address[2] ?? '' });
    const connection = mongoose.connections[before];
    const collection = store.collection(things());
    const log = store.log<object>('changes');
    await store.migrate();
    const ids = Array.from({ length: 250 }, (_, n) => `d${n}`);
    await collection.writeMany(ids.map((_id) => ({ do: 'insert', doc: aThing({ _id, rank: 1 }) })));
    for (let number = 1; number <= 110; number += 1) await log.append({ number, requestId: `r${number}`, entry: {} });
    const sent: string[] = [];
    // Not the look at the schema, which any read makes once its lease has run out.
    connection?.getClient().on('commandStarted', ({ commandName, command }) => {
      if (command[commandName] !== 'store.meta') sent.push(commandName);
    });
    expect((await collection.getMany(ids)).length).toBe(250);
    expect((await collection.query({ index: 'by-rank', limit: 240 })).items.length).toBe(240);
    expect((await collection.query({ index: 'by-rank', limit: 250 })).items.length).toBe(250);
    expect((await log.read(0, 110)).length).toBe(110);
    expect(sent).toEqual(['find', 'find', 'find', 'find']);
    await store.close();
    await side.end();
  }, 30_000);

  test('rejects in time while the server is gone or hangs, and goes on when it is back', async () => {
    const side = await newSide();
    const proxy = await proxyTo(url);
    const store = mongoStore({ url: proxy.url, database: side.address[2] ?? '' });
    const collection = store.collection(things());
    await store.migrate();
    const a = await collection.insert(aThing({ _id: 'a' }));
    const refused = async (work: () => Promise<unknown>) => {
      const began = performance.now();
      const error = await work().catch((thrown: unknown) => thrown);
      expect([error instanceof StoreUnavailable, error instanceof AnswerLost]).toEqual([true, false]);
      // It gives up after two; a busy machine may come to it later, and nobody waits longer than this.
      expect(performance.now() - began).toBeLessThan(5_000);
    };
    const back = () => until('the store', () => collection.get('a').catch(() => null));
    await proxy.cut();
    await refused(() => collection.get('a'));
    await refused(() => collection.replace(a, { ...a.doc, rank: 1 }));
    await refused(() => store.ping());
    await proxy.mend();
    await back();
    proxy.pause();
    await refused(() => store.ping());
    await refused(() => collection.get('a'));
    await proxy.mend();
    await back();
    await store.close();
    await proxy.close();
    await side.end();
  }, 60_000);

  test('refuses what a server does not answer that still answers heartbeats, then at once, and goes on when it answers', async () => {
    const side = await newSide();
    const proxy = await proxyTo(url);
    const store = mongoStore({ url: proxy.url, database: side.address[2] ?? '' });
    const collection = store.collection(things());
    await store.migrate();
    const a = await collection.insert(aThing({ _id: 'a' }));
    proxy.holdBut(isHeartbeat);
    const unanswered = [collection.insert(aThing({ _id: 'b' })), collection.writeMany([{ do: 'insert', doc: aThing({ _id: 'c' }) }])];
    for (const write of unanswered) await expect(write).rejects.toThrow(AnswerLost);
    await expect(collection.get('a')).rejects.toThrow(StoreUnavailable);
    await expect(store.ping()).rejects.toThrow(StoreUnavailable);
    const held = () => proxy.held();
    await until('it to be known to hang', async () => {
      const before = held();
      await expect(collection.replace(a, { ...a.doc, rank: 1 })).rejects.toThrow('does not answer');
      return held() <= before;
    });
    await expect(collection.replace(a, { ...a.doc, rank: 1 })).rejects.not.toThrow(AnswerLost);
    await proxy.mend();
    await until('the store', () => collection.get('a').catch(() => null));
    await store.close();
    await proxy.close();
    await side.end();
  }, 60_000);

  test('lets an index take longer than any request may', async () => {
    const side = await newSide();
    const proxy = await proxyTo(url);
    const store = mongoStore({ url: proxy.url, database: side.address[2] ?? '' });
    const collection = store.collection(things());
    await store.ping();
    proxy.holdBut((bytes) => !bytes.includes('createIndexes'));
    const migrating = store.migrate();
    await until('the index to be under way', () => proxy.held() > 0);
    proxy.holdBut(isHeartbeat);
    await expect(collection.get('a')).rejects.toThrow(StoreUnavailable);
    await proxy.mend();
    await migrating;
    await until('the store', () => collection.insert(aThing({ _id: 'a' })).catch(() => null));
    await store.close();
    await proxy.close();
    await side.end();
  }, 60_000);

  test('connects once a server that was not there at the start has come', async () => {
    const side = await newSide();
    const proxy = await proxyTo(url);
    await proxy.cut();
    const store = mongoStore({ url: proxy.url, database: side.address[2] ?? '' });
    store.collection(things());
    await expect(store.migrate()).rejects.toThrow(StoreUnavailable);
    await proxy.mend();
    await store.migrate();
    await store.ping();
    await store.close();
    await proxy.close();
    await side.end();
  });
});
