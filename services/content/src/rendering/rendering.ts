import { longestBody } from '@sidekick/contracts';
import { TooLarge, Unavailable } from '@sidekick/service-kit';
import { type BoundedWorkers, boundedWorkers, lanesOf, type TaskBounds, TooBusy, TooCostly } from '@sidekick/workers';
import { workerHeaps } from './heaps.ts';
import type { Dialect } from './markdown.ts';
import type { Sides } from './merge.ts';
import type { Outline, Rendered } from './render.ts';
import type { RenderingTasks } from './rendering.worker.ts';

/** Throws TooLarge: what a store of one kind would take and another not is refused by both. */
export function checkLength(body: string): void {
  if (Buffer.byteLength(body) > longestBody)
    throw new TooLarge('page-too-large', `A page holds at most ${longestBody / 1_000_000} MB of text, in UTF-8; split it over several`);
}

/** Reads texts of users away from the event loop. Throws TooLarge (`text-too-costly`) for one that takes too much, Unavailable when too many wait. */
export interface Renderer {
  outline(body: string, dialect: Dialect): Promise<Outline>;
  render(body: string, dialect: Dialect): Promise<Rendered>;
  /** Null where both sides changed the same lines. */
  merge(sides: Sides): Promise<string | null>;
}

export interface Rendering {
  /** For what somebody waits for: one text of an account at a time, so that no one holds up all others. */
  forPerson(account: string): Renderer;
  /** For runs that take their time. */
  forImports: Renderer;
  /** Ends all work; new work starts anew. */
  close(): Promise<void>;
}

/** Processor time for one text, in milliseconds: two megabytes of ordinary Markdown take two seconds. */
const limitMs = 8_000;
/** A text longer than that takes its turn after others as long, so that short ones always find room; in characters. */
const longText = 200_000;
/** Texts that may wait in a lane, and long texts of one account that may wait until its turn comes again. */
const longestLane = 100;
const mostLong = 10;

type Pool = BoundedWorkers<RenderingTasks>;

export function createRendering(bounds: { limitMs?: number } = {}): Rendering {
  const open = (size: { processes: number; heapMiB: number }, idleMs: number) =>
    boundedWorkers<RenderingTasks>(import.meta.url, './rendering.worker', { ...size, limitMs, idleMs, ...bounds });
  let pools: { people: Pool; imports: Pool } | undefined;
  const known = () => {
    pools ??= { people: open(workerHeaps.people, 300_000), imports: open(workerHeaps.imports, 15_000) };
    return pools;
  };
  const longOf = lanesOf();
  /** Long texts are read one after the other, and of each account one stands in that line: nobody waits for many of another. */
  const turnOf =
    (account: string): Turn =>
    async (length, read) => {
      if (length <= longText) return read(known().people, { lane: `of ${account}`, longestLane });
      if (longOf.waiting(account) >= mostLong) throw new TooBusy('Many long texts of this account wait');
      return longOf.run(account, () => read(known().people, { lane: 'long texts', longestLane }));
    };
  return {
    forPerson: (account) => rendererOver(turnOf(account)),
    forImports: rendererOver((_length, read) => read(known().imports, {})),
    async close() {
      const closing = pools;
      pools = undefined;
      await Promise.all([closing?.people.close(), closing?.imports.close()]);
    },
  };
}

/** Has a text of so many characters read when its turn comes. */
type Turn = <R>(length: number, read: (pool: Pool, bounds: TaskBounds) => Promise<R>) => Promise<R>;

function rendererOver(turn: Turn): Renderer {
  const ask = <R>(text: string, read: Parameters<typeof turn<R>>[1]) => said(turn(text.length, read));
  return {
    outline: (body, dialect) => ask(body, (pool, bounds) => pool.run('outline', { body, dialect: bare(dialect) }, bounds)),
    render: (body, dialect) => ask(body, (pool, bounds) => pool.run('render', { body, dialect: bare(dialect) }, bounds)),
    merge: (sides) => ask(sides.ours, (pool, bounds) => pool.run('merge', sides, bounds)),
  };
}

/** Without what a caller's own object holds beside: a process is sent data alone. */
const bare = ({ liquid }: Dialect): Dialect => ({ liquid: liquid && { repository: liquid.repository, title: liquid.title } });

/** Failures of a pool as errors with words for who sent the text. */
async function said<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TooCostly) throw tooCostly(error);
    if (error instanceof TooBusy)
      throw new Unavailable('rendering-busy', 'Many texts are being rendered; try again shortly', { retryAfter: 2 });
    throw error;
  }
}

const tooCostly = ({ why }: TooCostly): TooLarge =>
  new TooLarge(
    'text-too-costly',
    `Reading this text takes more ${why} than one page may: split it over several pages, or take out what repeats without end`,
    { why },
  );

export const isTooCostly = (error: unknown): error is TooLarge => error instanceof TooLarge && error.code === 'text-too-costly';
