/**
 * What a tab is called: an id in sessionStorage survives a reload, and a held lock tells which ids belong to tabs that live.
 * A duplicated tab starts with a copy of the id, finds it held and takes another.
 */
import { ulid } from './ulid.ts';

const key = 'sidekick-tab';
const lock = 'sidekick-tab:';
/** Milliseconds that a tab waits for the lock of the document it replaces (a reload): it comes free as that document goes. */
const goingMs = 1_500;
/** Milliseconds in which other tabs answer. */
const answerMs = 250;

let own: string | null = null;

function stored(): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function take(id: string): string {
  own = id;
  try {
    sessionStorage.setItem(key, id);
  } catch {
    // Without storage the id lasts as long as the document.
  }
  return id;
}

/** This tab's id; before `claimTab` has run it is the stored one, unproved. */
export const tabId = (): string => own ?? take(stored() ?? ulid());

/** Makes sure that no other living tab has this tab's id. Runs once, before the first screen is drawn. */
export async function claimTab(): Promise<void> {
  const wanted = stored() ?? ulid();
  const free = navigator.locks ? await hold(navigator.locks, wanted) : !(await asked()).has(wanted);
  const id = take(free ? wanted : ulid());
  if (navigator.locks && !free) await hold(navigator.locks, id);
  if (!navigator.locks) answer(id);
}

/** True once the lock is this document's, which it stays until the document goes. */
function hold(locks: LockManager, id: string): Promise<boolean> {
  return new Promise((resolve) => {
    locks
      .request(lock + id, { signal: AbortSignal.timeout(goingMs) }, () => {
        resolve(true);
        return new Promise(() => {});
      })
      .catch(() => resolve(false));
  });
}

/** Ids of the tabs of this browser that are open now, this one among them. */
export async function livingTabs(): Promise<ReadonlySet<string>> {
  const others = navigator.locks ? await held(navigator.locks) : await asked();
  return new Set([...others, tabId()]);
}

async function held(locks: LockManager): Promise<string[]> {
  const { held: all = [] } = await locks.query();
  return all.flatMap(({ name }) => (name?.startsWith(lock) ? [name.slice(lock.length)] : []));
}

/** Without locks (a portal over plain HTTP) tabs answer when they are asked. */
function asked(): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  if (typeof BroadcastChannel === 'undefined') return Promise.resolve(ids);
  const channel = new BroadcastChannel(key);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => typeof data === 'string' && ids.add(data);
  channel.postMessage(null);
  return new Promise((resolve) => {
    setTimeout(() => {
      channel.close();
      resolve(ids);
    }, answerMs);
  });
}

function answer(id: string): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(key);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => data === null && channel.postMessage(id);
}
