/**
 * A process for tests to kill: publishes an event and reacts to it, but stands still at one place for good, which it tells by
 * `<place> 1`: `begun` (nothing made yet), `made` (its document is there) or `handled` (all that is left is to acknowledge).
 * usage: reaction.child.ts PLACE sqlite FILE FILE | reaction.child.ts PLACE rabbit URL PREFIX URL DATABASE
 */

import { writeSync } from 'node:fs';
import { insertOnce, reactionsOf } from '../index.ts';
import { aProjectEvent } from './events.ts';
import { busAt, effects, storeAt } from './replica.ts';
import { told } from './told.ts';

const [place, ...address] = process.argv.slice(2);
const standStillAt = (reached: string) => {
  if (reached !== place) return;
  writeSync(1, `${place} 1\n`);
  return new Promise<never>(() => {});
};
const store = storeAt(address);
const made = store.collection(effects);
const { once } = reactionsOf({ store, clock: { now: () => new Date() } });
await store.migrate();
const bus = busAt(address);
await bus.declare();
const react = once(told, async ({ id }) => {
  await standStillAt('begun');
  await insertOnce(made, { _id: id });
  await standStillAt('made');
});
await bus.subscribe(told, async (event) => {
  await react(event);
  await standStillAt('handled');
});
await bus.publish([aProjectEvent(1, { id: 'event-1' })]);
setInterval(() => {}, 1_000);
