import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bus, envelope, relayDocuments, relayLog, sqliteBus } from '@sidekick/bus';
import { rabbitBus } from '@sidekick/bus/rabbit';
import type { Envelope } from '@sidekick/contracts';
import { aFolder } from '@sidekick/portal/testing';
import { type Store, sqliteStore } from '@sidekick/store';
import { mongoStore } from '@sidekick/store/mongo';
import { servers } from '@sidekick/testing';
import { ulid } from 'ulid';
import { z } from 'zod';
import { figure } from './measure.ts';

const Doc = z.strictObject({ _id: z.string(), name: z.string() });
const definition = { name: 'benched', schema: Doc, indexes: {} };
const logName = 'benched-log';
const count = 3000;

const eventOf = (epoch: string, subject: string, sequence: number): Envelope =>
  envelope({
    source: 'staffing',
    type: 'staffing.holiday.changed.v1',
    subject,
    sequence,
    epoch,
    data: {
      reason: 'bench',
      deleted: false,
      state: { id: subject, region: 'PT', date: '2026-12-08', name: 'A day', portion: 1, sample: false },
    },
  });

async function perSecond(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return count / ((performance.now() - began) / 1000);
}

/** Writes documents with their events while the relay is stopped, then measures the relay alone. */
async function documents(store: Store, bus: Bus): Promise<number> {
  const epoch = await store.epoch();
  const collection = store.collection(definition);
  for (let from = 0; from < count; from += 500) {
    await collection.writeMany(
      Array.from({ length: 500 }, () => {
        const id = ulid();
        return { do: 'insert' as const, doc: { _id: id, name: 'x' }, event: (version: number) => eventOf(epoch, id, version) };
      }),
    );
  }
  const relay = relayDocuments({ outboxes: store.outboxes(), bus, othersAfterMs: 0, pollMs: 10 });
  return perSecond(async () => {
    relay.start();
    while ((await relay.oldestUnsent()) > 0) await pause(5);
    await relay.stop();
  });
}

/** The staffing log's way: one entry an event, against bare confirmed publishing in windows of 100. */
async function log(store: Store, bus: Bus): Promise<{ relay: number; bare: number }> {
  const epoch = await store.epoch();
  const entries = store.log<{ subject: string }>(logName);
  for (let number = 1; number <= count; number += 1) await entries.append({ number, requestId: ulid(), entry: { subject: ulid() } });
  const bare = await perSecond(async () => {
    for (let from = 0; from < count; from += 100) await bus.publish(Array.from({ length: 100 }, () => eventOf(epoch, ulid(), 1)));
  });
  const relay = relayLog<{ subject: string }>({
    log: entries,
    bus,
    othersAfterMs: 0,
    toEvents: ({ number, entry }) => [eventOf(epoch, entry.subject, number)],
  });
  const relayed = await perSecond(async () => {
    relay.start();
    while ((await entries.position()) < count) await pause(5);
    await relay.stop();
  });
  return { relay: relayed, bare };
}

async function both(where: string, store: Store, bus: Bus): Promise<void> {
  store.collection(definition);
  store.log(logName);
  await store.migrate();
  await bus.declare();
  figure(`events of documents through the relay, ${where}`, `${(await documents(store, bus)).toFixed(0)} a second`, '≥ 500 a second');
  const { relay, bare } = await log(store, bus);
  const share = ((relay / bare) * 100).toFixed(0);
  figure(`events of the staffing log, ${where}`, `${relay.toFixed(0)} a second, bare publishing ${bare.toFixed(0)}: ${share} %`, '≥ 50 %');
  await bus.close();
  await store.close();
}

/** Events through the relay, embedded and on real servers where there are any. */
export async function benchEvents(): Promise<void> {
  const folder = aFolder();
  await both('SQLite', sqliteStore({ file: join(folder, 'store.db') }), sqliteBus({ file: join(folder, 'bus.db') }));
  rmSync(folder, { recursive: true, force: true });
  const [mongo, amqp] = await Promise.all([servers.mongoUrl(), servers.amqpUrl()]);
  if (!mongo || !amqp) return console.log('events on real servers: not measured, there are none');
  const name = `bench-${ulid().toLowerCase()}`;
  await both('MongoDB protocol and RabbitMQ', mongoStore({ url: mongo, database: name }), rabbitBus({ url: amqp, prefix: `${name}.` }));
}
