import { JobEnded, type JobForm, type JobKind, jobsOf } from '@sidekick/jobs';
import type { Clock, Logger } from '@sidekick/service-kit';
import { Conflict, InvalidInput, isDiskFull } from '@sidekick/service-kit';
import { currentOrigin, type Origin, withOrigin } from '@sidekick/tracing';
import { crashMessage, withWhatItMade } from './crash.ts';
import type { Import, ImportContent } from './imports.ts';
import { filesIn } from './parsing/zip.ts';
import { pauseOf } from './pause.ts';
import { runImport } from './run.ts';
import { briefly, storedRun } from './stored-run.ts';
import type { Upload } from './upload.ts';

export interface ImportQueue {
  /** Takes over the zip file and runs it when its turn comes. */
  submit(run: Import, zip: Upload): Promise<void>;
  /** As it is now, also while it runs here. */
  get(id: string): Promise<Import | null>;
  /** Imports that run and that wait for their turn, over all processes; at most 50 each are counted. */
  running(): Promise<number>;
  waiting(): Promise<number>;
  start(): void;
  /** Ends the run under way as failed; what it wrote stays, and importing again goes on from there. */
  stop(): Promise<void>;
}

/** What only the process that took the upload has: no other can run it. */
interface Here {
  zip: Upload;
  files: number;
  /** The request is answered long before the run has ended, which is still its doing. */
  origin: Origin | null;
}

/** Files of an import that waits behind no large one. */
const few = 100;
const mostCounted = 50;

/**
 * Runs imports in two lanes, small ones and large ones, each one after the other, so that few pages never wait for thousands; of
 * one source in the order they were asked for, and over all processes one at a time.
 */
export function importQueue(content: ImportContent, log: Logger): ImportQueue {
  const jobs = jobsOf<Import, 'by-id' | 'by-state', Here>({
    collection: content.imports,
    form: importForm(content.clock),
    kind: importKind(content, log),
    trouble: (err, what) => log.warn({ err }, `imports: ${what}`),
  });
  return {
    async submit(run, zip) {
      const here = { zip, files: await filesIn(zip), origin: currentOrigin() };
      await jobs.submit(run, here).catch((error: unknown) => {
        throw error instanceof JobEnded ? new Conflict('stopping', 'The portal is stopping; try again') : error;
      });
    },
    get: jobs.get,
    running: () => jobs.count('running', mostCounted),
    waiting: () => jobs.count('waiting', mostCounted),
    start: jobs.start,
    stop: jobs.stop,
  };
}

const importKind = (content: ImportContent, log: Logger): JobKind<Import, Here> => ({
  tries: 1,
  waitAfter: () => 0,
  atOnce: 1,
  laneOf: (_run, { files }) => (files > few ? 'large' : 'small'),
  run: ({ doc: run, here: { zip, origin }, signal }) =>
    withOrigin(origin, () => runImport({ content, run, zipFile: zip.file, bytes: zip.bytes, pause: pauseOf(signal) })),
  reasonOf: (error) => wordsFor(error, log),
  keptOf: (run, when) => (when === 'end' ? storedRun(run) : briefly(run)),
  afterDeath: (run) => withWhatItMade(content, run),
  letGo: ({ zip }) => zip.done(),
});

/**
 * Documents of imports as the first release made them: they name no owner, and need none, since an import is bound to the process
 * that took its zip. Nobody can cancel one yet.
 */
const importForm = (clock: Clock): JobForm<Import, 'by-id' | 'by-state'> => ({
  read: ({ _id, source, state, beatAt, endedAt, error }) => ({
    state: state === 'failed' ? 'dead' : state,
    key: source,
    owner: endedAt === null ? _id : null,
    beatAt,
    tries: state === 'waiting' ? 0 : 1,
    dueAt: 0,
    cancelledBy: null,
    endedAt: endedAt === null ? null : Date.parse(endedAt),
    reason: error,
  }),
  write: (run, { state, beatAt, endedAt, reason }) => ({
    ...run,
    state: state === 'dead' || state === 'cancelled' ? 'failed' : state,
    beatAt,
    runsSince: run.runsSince ?? (state === 'running' ? clock.now().toISOString() : null),
    endedAt: endedAt === null ? null : clock.now().toISOString(),
    error: reason,
  }),
  in: (state) => ({ index: 'by-state', equals: { state: state === 'dead' ? 'failed' : state } }),
});

function wordsFor(error: unknown, log: Logger): string {
  if (error instanceof JobEnded) return crashMessage;
  if (error instanceof InvalidInput) return error.message;
  if (isDiskFull(error)) return 'The disk is full. What was written stays; make room, then import again to go on';
  log.error({ err: error }, 'an import failed');
  return 'Something failed inside; the log says what. What was written stays; import again to go on';
}
