import { type CollectionDef, type Store, sqliteStore } from '@sidekick/store';
import { mongoStore } from '@sidekick/store/mongo';
import { z } from 'zod';
import { type Bus, sqliteBus } from '../index.ts';
import { type RabbitBusOptions, rabbitBus } from '../rabbit.ts';
import { toldAlone } from './told.ts';

/** `['sqlite', file of the bus, file of the store]` or `['rabbit', its URL, prefix, URL of MongoDB, database]`. */
export type Address = readonly string[];

/** What a reaction makes: one document an event. */
export const effects: CollectionDef<{ _id: string }> = { name: 'effects', schema: z.strictObject({ _id: z.string() }), indexes: {} };

export function busAt([kind, target = '', prefix = '']: Address, options: Pick<RabbitBusOptions, 'retryDelays'> = {}): Bus {
  const more = { topology: toldAlone, ...options };
  return kind === 'sqlite'
    ? sqliteBus({ file: target, ...more })
    : rabbitBus({ url: target, prefix, reconnectSeconds: 0.1, publishTimeout: 15_000, ...more });
}

export const storeAt = ([kind, , file = '', url = '', database = '']: Address): Store =>
  kind === 'sqlite' ? sqliteStore({ file }) : mongoStore({ url, database });
