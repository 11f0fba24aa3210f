/**
 * A process for tests to kill: publishes and handles at the same time. Writes `published N` once an event is safe and
 * `handled N` before its handler ends; both at once, so that nothing written is lost with the process.
 * usage: bus.child.ts sqlite FILE | bus.child.ts rabbit URL PREFIX
 */

import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bus, sqliteBus } from '../index.ts';
import { rabbitBus } from '../rabbit.ts';
import { aProjectEvent } from './events.ts';

const [side, target = '', prefix = '', first = '1'] = process.argv.slice(2);
const bus: Bus = side === 'sqlite' ? sqliteBus({ file: target }) : rabbitBus({ url: target, prefix });
await bus.declare();
await bus.subscribe('search.index', async (event) => {
  await pause(1);
  writeSync(1, `handled ${event.sequence}\n`);
});
for (let n = Number(first); ; n += 5) {
  const batch = [0, 1, 2, 3, 4].map((more) => n + more);
  await bus.publish(batch.map((sequence) => aProjectEvent(sequence)));
  writeSync(1, batch.map((sequence) => `published ${sequence}\n`).join(''));
}
