import type { Envelope } from '@sidekick/contracts';
import type { Writable } from '../engine/engine.ts';
import { documentsOf } from './documents.ts';

/** Writes what an event says; a duplicate or an older one changes nothing. */
export function project(index: Writable, event: Envelope): boolean {
  const { subject: id, source, epoch, sequence, time } = event;
  return index.put({ id, source, epoch, sequence, documents: documentsOf(event) }, time);
}

/** The same of a state that an owner's snapshot holds, which is no news. */
export function copy(index: Writable, event: Envelope): void {
  const { subject: id, source, epoch, sequence } = event;
  index.put({ id, source, epoch, sequence, documents: documentsOf(event) });
}
