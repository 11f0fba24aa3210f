import { Problem, type requests, resourceRoots } from '@sidekick/contracts';
import type { z } from 'zod';

/** An answer that is no success, or none at all (`status` 0). `message` is a sentence for a person. */
export class ApiProblem extends Error {
  readonly status: number;
  /** Stable kebab-case code, e.g. `broken-rules`; `unreachable` without an answer. */
  readonly code: string;
  readonly requestId: string | null;
  /** The whole problem document with its extra members (`broken`, `current`, `errors`). */
  readonly problem: Problem | null;
  constructor(status: number, code: string, message: string, problem: Problem | null = null) {
    super(message);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.problem = problem;
    this.requestId = problem?.requestId || null;
  }
  /** The message at a field of the request, by its path such as `commands.0.record.name`. */
  at(path: string): string | undefined {
    return this.problem?.errors?.find((error) => error.path === path)?.message;
  }
}

/** What failed before anything was sent that changes something, such as reading what to compare with. */
export class NothingSent extends ApiProblem {}

/** For what is read before something is sent: its failure is none of what was not sent yet. */
export async function beforeSending<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof ApiProblem ? new NothingSent(error.status, error.code, error.message, error.problem) : error;
  }
}

/**
 * Of answers to something that may have been done all the same: the gateway gave up waiting, the part was lost on the way back, its
 * store on the way there, or something failed after a part of it was done.
 */
const lost: ReadonlySet<string> = new Set(['timeout', 'answer-lost']);

/** Whether nobody knows if what was sent was done: no answer came, none that can be read, or one that says so. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (!(error instanceof ApiProblem) || error instanceof NothingSent) return false;
  return error.status < 400 || (error.status >= 500 && (lost.has(error.code) || error.code === 'unreadable'));
}

/** What became of something that failed: `not` says that it was not done, unless that is not known; `done` is the same as done, as in "this was saved". */
export const becameOf = (error: unknown, not: string, done: string): string =>
  isOutcomeUnknown(error) ? `It is not known whether ${done}` : not;

/** What is refused for what is stored by now stays so; undoing may still go where the portal was away, busy, or another's. */
export function undoFailed(error: unknown): string {
  const isRefused = error instanceof ApiProblem && [403, 404, 409, 412].includes(error.status) && error.code !== 'other-account';
  return isRefused ? 'This cannot be undone any more' : becameOf(error, 'Not undone', 'it was undone');
}

/** A list is sent as one parameter for each of its values. */
type QueryValue = string | number | boolean | readonly string[] | null | undefined;
declare const agreed: unique symbol;
/** A body that fits the contract of an operation; `bodyOf` alone makes one. */
export interface Body {
  readonly [agreed]: true;
}
/** What an operation takes, by types. The portal checks it and says what is wrong at which field. */
export const bodyOf = <K extends keyof typeof requests>(_operation: K, body: z.input<(typeof requests)[K]>): Body =>
  body as unknown as Body;

export interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, QueryValue>;
  /** Sent as JSON; a Blob is sent as it is. */
  body?: Body | Blob;
  /** The version that was read; becomes `If-Match`. */
  version?: number | undefined;
  /** Sends `If-None-Match: *`: only create. */
  create?: boolean;
  /** What is held of staffing and is brought up by the answer of a write (`FollowQuery` as a query). */
  follow?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** What requests need to know of the session of this tab. */
export interface SessionWatch {
  /** Whom the tab shows as signed in. */
  account: () => string | null;
  /** Whether the account has signed in again, so that a request refused without a session can be sent again. */
  signedInAgain: (signal: AbortSignal | undefined) => Promise<boolean>;
  /** The browser's session is another account's by now. */
  somebodyElse: () => void;
}
let watch: SessionWatch | null = null;
export function watchSession(next: SessionWatch | null): void {
  watch = next;
}
/** What tells who is signed in, or changes it, is asked whoever that is. */
const aboutSession = /^\/(?:auth\/|me$)/;

/** What was read of staffing, the head that it holds at the least, and the view that it was read in; null from a part that tells none. */
export interface Read<T> {
  readonly value: T;
  readonly head: number;
  readonly view: string | null;
}

/** The newest staffing head seen by this tab: sent back, so that every read shows what this tab wrote. A restored database counts anew. */
let staffingHead = 0;
let staffingDatabase = '';
/** Heads are also heard of by live events, which name no view. */
export function seeHead(head: number, view: string | null = null): void {
  const database = view?.split('.', 1)[0] ?? staffingDatabase;
  if (database !== staffingDatabase || head > staffingHead) staffingHead = head;
  staffingDatabase = database;
}
const staffingRoots: ReadonlySet<string> = new Set(resourceRoots.staffing);
const isStaffing = (path: string): boolean => staffingRoots.has(path.split(/[/?]/, 2)[1] ?? '');

/** Asks `/api/v1<path>` and parses the answer with its contract. Throws ApiProblem on anything but a success that fits. */
export async function ask<T extends z.ZodType>(schema: T, path: string, options: Ask = {}): Promise<z.output<T>> {
  return (await read(schema, path, options)).value;
}

/** The same, with the head and the view that staffing tells of its answers. */
export async function read<T extends z.ZodType>(schema: T, path: string, options: Ask = {}): Promise<Read<z.output<T>>> {
  const response = await send(path, options);
  const json: unknown = await response.json().catch(() => undefined);
  return { value: fit(schema, json, response), ...toldBy(response) };
}

const toldBy = ({ headers }: Response) => ({ head: Number(headers.get('staffing-head')), view: headers.get('staffing-view') });

/** For answers without a body (204). */
export async function tell(path: string, options: Ask = {}): Promise<void> {
  await send(path, options);
}

/** How often a request without a session is sent again by itself. */
const mostAgain = 2;

async function send(path: string, options: Ask, again = 0): Promise<Response> {
  const response = await sendOnce(path, options);
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (watch?.account() && !aboutSession.test(path)) {
    const without = problem.code === 'sign-in-required' && again < mostAgain;
    if (without && (await watch.signedInAgain(options.signal))) return send(path, options, again + 1);
    if (problem.code === 'other-account') watch.somebodyElse();
  }
  throw problem;
}

async function sendOnce(path: string, options: Ask): Promise<Response> {
  const method = options.method ?? 'GET';
  const headers = new Headers({ accept: 'application/json' });
  if (options.body !== undefined) headers.set('content-type', options.body instanceof Blob ? options.body.type : 'application/json');
  if (options.version !== undefined) headers.set('if-match', `"${options.version}"`);
  if (options.create) headers.set('if-none-match', '*');
  if (staffingHead > 0 && isStaffing(path)) headers.set('staffing-head', String(staffingHead));
  if (options.follow !== undefined) headers.set('staffing-follow', options.follow);
  const account = aboutSession.test(path) ? null : watch?.account();
  if (account) headers.set('sidekick-account', account);
  const init: RequestInit = { method, headers, credentials: 'same-origin', signal: options.signal ?? null };
  if (options.body !== undefined) init.body = options.body instanceof Blob ? options.body : JSON.stringify(options.body);
  const response = await reach(`/api/v1${path}${queryOf(options.query)}`, init);
  const { head, view } = toldBy(response);
  if (head > 0) seeHead(head, view);
  return response;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiProblem(0, 'unreachable', 'The portal does not answer. Check the connection, then try again.');
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const parsed = Problem.safeParse(await response.json().catch(() => null));
  if (!parsed.success) return new ApiProblem(response.status, 'unreadable', `The portal answered ${response.status} without saying why.`);
  return new ApiProblem(response.status, parsed.data.type.split(':').at(-1) ?? 'unknown', parsed.data.title, parsed.data);
}

const fit = <T extends z.ZodType>(schema: T, json: unknown, { status, headers }: Response): z.output<T> =>
  fitting(schema, json, { status, requestId: headers.get('x-request-id') ?? '' });

/** An answer, or a part of one, as its contract has it. A newer server may add fields while this tab is open: those alone are let through. Throws ApiProblem. */
export function fitting<T extends z.ZodType>(
  schema: T,
  json: unknown,
  { status, requestId } = { status: 200, requestId: '' },
): z.output<T> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  if (parsed.error.issues.every(({ code }) => code === 'unrecognized_keys')) return json as z.output<T>;
  const title = 'This page is older than the portal. Reload it.';
  const type = 'urn:sidekick:problem:unexpected-answer';
  throw new ApiProblem(status, 'unexpected-answer', title, { type, title, status, requestId });
}

function queryOf(query: Ask['query']): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/**
 * Every item of a list, page by page (200 at a time, or `limit`): what a screen shows is never cut off silently. It holds at least the head of its
 * first page; pages of several views are of none.
 */
export async function readAll<T>(
  schema: z.ZodType<{ items: T[]; nextCursor: string | null }>,
  path: string,
  query: Record<string, QueryValue> = {},
  signal?: AbortSignal,
): Promise<Read<T[]>> {
  const items: T[] = [];
  let told: Omit<Read<T[]>, 'value'> | null = null;
  let cursor: string | null = null;
  do {
    const page: Read<{ items: T[]; nextCursor: string | null }> = await read(schema, path, {
      query: { limit: 200, ...query, cursor },
      signal,
    });
    items.push(...page.value.items);
    const { head, view } = page;
    told = told ? { head: told.head, view: told.view === view ? view : null } : { head, view };
    cursor = page.value.nextCursor;
  } while (cursor !== null);
  return { value: items, ...told };
}

/** The items of such a list alone. */
export const askAll = async <T>(...asked: Parameters<typeof readAll<T>>): Promise<T[]> => (await readAll<T>(...asked)).value;
