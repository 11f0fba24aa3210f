import type { Collection, CollectionDef } from '@sidekick/store';
import { z } from 'zod';
import type { JobForm } from './form.ts';
import type { Standing } from './standing.ts';

const msPerDay = 86_400_000;

const fields = {
  _id: z.string().min(1),
  state: z.enum(['waiting', 'running', 'done', 'dead', 'cancelled']),
  key: z.string().nullable(),
  owner: z.string().nullable(),
  beatAt: z.number(),
  tries: z.number().int(),
  dueAt: z.number(),
  askedAt: z.number(),
  /** Name of who asked for it. */
  by: z.string(),
  cancelledBy: z.string().nullable(),
  endedAt: z.number().nullable(),
  /** UTC day of the end: what is too old is forgotten a day at a time. */
  endedDay: z.string().nullable(),
  reason: z.string().nullable(),
  progress: z.strictObject({ done: z.number(), total: z.number() }).nullable(),
};

const Fields = z.strictObject(fields);
/** A job as a document of its own: what to do, how it stands, and what came of it. */
export type JobDocument<Input, Result> = z.infer<typeof Fields> & { input: Input; result: Result | null };
export type JobIndex = 'by-state' | 'by-end';

/** Declares a collection of jobs of one kind. `input` and `result` are small: what is large is a document or a blob that they name. */
export function jobDocuments<Input, Result>(
  name: string,
  { input, result }: { input: z.ZodType<Input>; result: z.ZodType<Result> },
): CollectionDef<JobDocument<Input, Result>, JobIndex> {
  type Doc = JobDocument<Input, Result>;
  return {
    name,
    schema: z.strictObject({ ...fields, input, result: result.nullable() }) as unknown as z.ZodType<Doc>,
    indexes: { 'by-state': ['state', 'dueAt', '_id'], 'by-end': ['endedDay'] },
    unique: ({ state, key }) => (state === 'running' && key !== null ? [`running:${key}`] : []),
  };
}

/** The form of `jobDocuments`. */
export function documentForm<Input, Result>(): JobForm<JobDocument<Input, Result>, JobIndex> {
  type Doc = JobDocument<Input, Result>;
  const equals = (state: Doc['state']) => ({ state }) as Partial<Doc>;
  return {
    read: ({ state, key, owner, beatAt, tries, dueAt, cancelledBy, endedAt, reason }): Standing => ({
      ...{ state, key, owner, beatAt, tries, dueAt },
      ...{ cancelledBy, endedAt, reason },
    }),
    write: (doc, standing) => ({ ...doc, ...standing, endedDay: standing.endedAt === null ? null : dayOf(standing.endedAt) }),
    in: (state) => ({ index: 'by-state', equals: equals(state) }),
    due: (now) => ({ index: 'by-state', equals: equals('waiting'), range: { lte: now } }),
  };
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export interface JobRequest<Input> {
  /** One that follows from what asks (an event's id): asked for twice it is one job (`insertOnce` of the bus). */
  _id: string;
  input: Input;
  by: string;
  key?: string;
  /** Not before; at once when it is left out. */
  dueAt?: Date;
}

export function newJob<Input, Result = never>({ _id, input, by, key, dueAt }: JobRequest<Input>, now: Date): JobDocument<Input, Result> {
  const at = now.getTime();
  return {
    ...{ _id, input, by, key: key ?? null, askedAt: at, dueAt: dueAt?.getTime() ?? at, beatAt: at },
    ...{ state: 'waiting', owner: null, tries: 0, cancelledBy: null },
    ...{ endedAt: null, endedDay: null, reason: null, progress: null, result: null },
  };
}

export interface SweepOptions {
  clock: { now(): Date };
  /** Whole days for which an ended job is kept at least: no shorter than a reaction remembers the event that asked for it. */
  keepDays?: number;
}

/** Forgets jobs of the oldest day of ends that has run out and answers how many; 0 when there is none. */
export async function sweepJobs<Input, Result>(
  jobs: Collection<JobDocument<Input, Result>, JobIndex>,
  { clock, keepDays = 100 }: SweepOptions,
): Promise<number> {
  const last = dayOf(clock.now().getTime() - keepDays * msPerDay);
  const { items } = await jobs.query({ index: 'by-end', range: { gt: '', lt: last }, limit: 1 });
  const endedDay = items[0]?.doc.endedDay;
  return endedDay == null ? 0 : jobs.erase({ index: 'by-end', equals: { endedDay } as Partial<JobDocument<Input, Result>> });
}
