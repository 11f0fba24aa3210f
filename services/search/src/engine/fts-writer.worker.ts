import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Envelope } from '@sidekick/contracts';
import { isDamage } from '@sidekick/sqlite';
import { serveTasks } from '@sidekick/workers';
import { documentsOf } from '../documents/documents.ts';
import type { Source, Taken } from './engine.ts';
import { type IndexFile, openIndex, removeIndex } from './fts-file.ts';

/** What the service knows of the index without asking it. */
export interface IndexState {
  builtAt: string | null;
  newestEventAt: string | null;
  stale: Source[];
  documents: number;
  epochs: Partial<Record<Source, string>>;
}

interface Building {
  index: IndexFile;
  /** Why it must not take over. */
  missed: unknown;
  /** Last id that was copied of each source. */
  copied: Map<Source, string>;
}

let current: IndexFile | null = null;
let building: Building | null = null;

const nextOf = (file: string): string => `${file}.next`;

function opened(file: string): IndexFile {
  if (!current) {
    removeIndex(nextOf(file));
    current = openIndex(file, 'durable');
  }
  return current;
}

const stateOf = (index: IndexFile): IndexState => ({
  builtAt: index.note('built'),
  newestEventAt: index.note('newest-event'),
  stale: index.stale(),
  documents: Number(index.note('documents') ?? 0),
  epochs: index.epochs(),
});

function shadow(): Building {
  if (!building) throw new Error('No index is being built');
  return building;
}

function put(index: IndexFile, event: Envelope, news: boolean): boolean {
  const { subject: id, source, epoch, sequence, time } = event;
  return index.put({ id, source, epoch, sequence, documents: documentsOf(event) }, news ? time : undefined);
}

/** Answers whether its source has begun an epoch that the new index does not know. */
function putInShadow(event: Envelope): boolean {
  if (!building) return false;
  const known = building.index.epochOf(event.source);
  if (known !== null && event.epoch > known) return true;
  try {
    put(building.index, event, true);
  } catch (error) {
    building.missed ??= error;
  }
  return false;
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

export const tasks = {
  /** Opens the file; one that is damaged is made anew, and `damage` says why. */
  open({ file }: { file: string }): { state: IndexState; damage: string | null } {
    try {
      return { state: stateOf(opened(file)), damage: null };
    } catch (error) {
      if (!isDamage(error)) throw error;
      return { state: tasks.reset({ file }), damage: (error as Error).message };
    }
  },
  /** An empty index in the place of a damaged one. */
  reset({ file }: { file: string }): IndexState {
    tasks.discard({ file });
    try {
      current?.close();
    } catch {
      // What cannot be read cannot be put in order either.
    }
    current = null;
    removeIndex(file);
    return stateOf(opened(file));
  },
  take({ file, event }: { file: string; event: Envelope }): Taken & { state: IndexState } {
    const index = opened(file);
    const known = index.epochOf(event.source);
    if (known !== null && event.epoch < known) return { changed: false, restored: false, state: stateOf(index) };
    const restored = (known !== null && event.epoch > known) || putInShadow(event);
    if (restored) tasks.markStale({ file, sources: [event.source] });
    return { changed: put(index, event, true), restored, state: stateOf(index) };
  },
  markStale({ file, sources }: { file: string; sources: readonly Source[] }): IndexState {
    const index = opened(file);
    index.markStale(sources);
    if (building) building.missed ??= new Error(`what ${sources.join(', ')} said was missed`);
    return stateOf(index);
  },
  begin({ file }: { file: string }): void {
    opened(file);
    tasks.discard({ file });
    building = { index: openIndex(nextOf(file), 'until-closed'), missed: null, copied: new Map() };
  },
  copy({ file, states }: { file: string; states: readonly Envelope[] }): void {
    const { index } = shadow();
    for (const state of states) {
      const { source, epoch } = state;
      if ([index, opened(file)].some((known) => epoch < (known.epochOf(source) ?? '')))
        throw new Error(`${source} still answers from an epoch that is over`);
      put(index, state, false);
    }
  },
  copyOld({ file, source }: { file: string; source: Source }): number {
    const { index, copied } = shadow();
    const aggregates = opened(file).aggregates(source, copied.get(source) ?? '');
    for (const aggregate of aggregates) {
      index.put(aggregate);
      copied.set(source, aggregate.id);
    }
    return aggregates.length;
  },
  settle: ({ source }: { source: Source }): void => shadow().index.settle(source),
  swap({ file }: { file: string }): IndexState {
    const { index, missed } = shadow();
    if (missed) throw missed;
    const old = opened(file);
    const newest = old.note('newest-event');
    if (newest && newest > (index.note('newest-event') ?? '')) index.setNote('newest-event', newest);
    index.setNote('built', new Date().toISOString());
    building = null;
    index.close();
    sync(nextOf(file));
    old.close();
    current = null;
    try {
      // The log of the old file is gone for good before the new one stands in its place: it must never be applied to that.
      sync(dirname(file));
      renameSync(nextOf(file), file);
      sync(dirname(file));
    } finally {
      current = openIndex(file, 'durable');
    }
    return stateOf(current);
  },
  discard({ file }: { file: string }): void {
    building?.index.close();
    building = null;
    removeIndex(nextOf(file));
  },
  close(): void {
    building?.index.close();
    current?.close();
    [building, current] = [null, null];
  },
};
export type WriterTasks = typeof tasks;

serveTasks(tasks);
