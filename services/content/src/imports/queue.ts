import { rm } from 'node:fs/promises';
import type { Logger } from '@sidekick/service-kit';
import { Conflict, InvalidInput, isDiskFull } from '@sidekick/service-kit';
import { StaleVersion, TakenKey } from '@sidekick/store';
import { currentOrigin, withOrigin } from '@sidekick/tracing';
import pLimit from 'p-limit';
import { endedByDeath, wordsOfDeath } from './death.ts';
import type { Import, ImportContent } from './imports.ts';
import { filesIn } from './parsing/zip.ts';
import { runImport } from './run.ts';
import { storedRun } from './stored-run.ts';

export interface ImportQueue {
  /** Takes over the zip file and runs it when its turn comes. */
  submit(run: Import, zip: { file: string; bytes: number; done: () => Promise<void> }): Promise<void>;
  /** As it is now, also while it runs here. */
  get(id: string): Promise<Import | null>;
  start(): void;
  /** Ends the run under way as failed; what it wrote stays, and importing again goes on from there. */
  stop(): Promise<void>;
}

/** How often a process says that it is still at it, and when others take it for dead, in milliseconds. */
const beatMs = 2_000;
const deadMs = 12_000;
/** Work done in one go before others get their turn, in milliseconds. */
const turnMs = 12;
/** Files of an import that waits behind no large one. */
const few = 100;
/** How long to wait before another look whether the source is free, in milliseconds. */
const lookMs = 500;

class Stopped extends Error {}
type ZipFile = { file: string; bytes: number };

/**
 * Runs imports in two lanes, small ones and large ones, each one after the other, so that few pages never wait for thousands; of
 * one source in the order they were asked for, and over all processes one at a time.
 */
export function importQueue(content: ImportContent, log: Logger): ImportQueue {
  const { imports } = content;
  const lanes = { small: pLimit(1), large: pLimit(1) };
  const live = new Map<string, Import>();
  const work = new Set<Promise<void>>();
  const lastOf = new Map<string, Promise<void>>();
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;

  async function save(run: Import): Promise<void> {
    run.beatAt = Date.now();
    const stored = await imports.get(run._id);
    if (stored) await imports.replace(stored, structuredClone(storedRun(run)));
  }
  /** A sign of life with what is done so far, without the long lists. */
  const beat = async (): Promise<void> => {
    for (const run of live.values()) {
      const stored = await imports.get(run._id);
      if (!stored || !live.has(run._id)) continue;
      const { done, total, report } = storedRun(run);
      const told = { done, total, report: { ...report, missing: [], outside: [] }, beatAt: Date.now() };
      await imports.replace(stored, { ...stored.doc, ...told }).catch(ignoreStale);
    }
    await failDead();
  };
  async function failDead(): Promise<void> {
    for (const state of ['running', 'waiting'] as const) {
      const { items } = await imports.query({ index: 'by-state', equals: { state }, limit: 50 });
      for (const stored of items) {
        if (live.has(stored.doc._id) || Date.now() - stored.doc.beatAt < deadMs) continue;
        const ended = await endedByDeath(content, stored.doc);
        await imports.replace(stored, ended).catch(ignoreStale);
      }
    }
  }
  /** Whether no other process runs this source, which is this one's then. */
  async function claim(run: Import): Promise<boolean> {
    const before = { state: run.state, runsSince: run.runsSince };
    Object.assign(run, { state: 'running', runsSince: content.clock.now().toISOString() });
    try {
      await save(run);
      return true;
    } catch (error) {
      Object.assign(run, before);
      if (!(error instanceof TakenKey || error instanceof StaleVersion)) throw error;
      return false;
    }
  }
  function pauser(): () => Promise<void> {
    let since = performance.now();
    return async () => {
      if (stopping) throw new Stopped();
      if (performance.now() - since < turnMs) return;
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    };
  }
  /** False when another process has the source: the lane is free for others meanwhile. */
  async function perform(run: Import, zip: ZipFile): Promise<boolean> {
    try {
      if (stopping) throw new Stopped();
      if (!(await claim(run))) return false;
      await runImport({ content, run, zipFile: zip.file, bytes: zip.bytes, pause: pauser() });
      run.state = 'done';
    } catch (error) {
      run.state = 'failed';
      run.error = wordsFor(error, log);
    }
    run.endedAt = content.clock.now().toISOString();
    for (let tries = 0; ; tries++) {
      try {
        await save(run);
        break;
      } catch (error) {
        if (!(error instanceof StaleVersion) || tries > 5) throw error;
      }
    }
    live.delete(run._id);
    return true;
  }
  async function inTurn(run: Import, zip: ZipFile): Promise<void> {
    const lane = (await filesIn(zip)) > few ? lanes.large : lanes.small;
    while (!(await lane(() => perform(run, zip)))) await pauseFor(lookMs);
  }
  return {
    async submit(run, { done, ...zip }) {
      if (stopping) throw new Conflict('stopping', 'The portal is stopping; try again');
      await imports.insert(structuredClone(run));
      live.set(run._id, run);
      // The request is answered long before the run has ended, which is still its doing.
      const before = lastOf.get(run.source) ?? Promise.resolve();
      const working = withOrigin(currentOrigin(), () => before.then(() => inTurn(run, zip)))
        .catch((error: unknown) => log.error({ err: error }, 'an import could not be saved'))
        .finally(() => {
          live.delete(run._id);
          work.delete(working);
          if (lastOf.get(run.source) === working) lastOf.delete(run.source);
          return done();
        });
      work.add(working);
      lastOf.set(run.source, working);
    },
    get: async (id) => live.get(id) ?? (await imports.get(id))?.doc ?? null,
    start() {
      stopping = false;
      const tick = () => void beat().catch((error: unknown) => log.warn({ err: error }, 'imports cannot be looked after'));
      tick();
      timer = setInterval(tick, beatMs);
    },
    async stop() {
      stopping = true;
      clearInterval(timer);
      await Promise.all(work);
    },
  };
}

const pauseFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const ignoreStale = (error: unknown): void => {
  if (!(error instanceof StaleVersion)) throw error;
};

function wordsFor(error: unknown, log: Logger): string {
  if (error instanceof Stopped) return wordsOfDeath;
  if (error instanceof InvalidInput) return error.message;
  if (isDiskFull(error)) return 'The disk is full. What was written stays; make room, then import again to go on';
  log.error({ err: error }, 'an import failed');
  return 'Something failed inside; the log says what. What was written stays; import again to go on';
}

export const removeQuietly = (path: string): Promise<void> => rm(path, { recursive: true, force: true });
