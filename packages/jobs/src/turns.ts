import { type Collection, StaleVersion, type Stored, TakenKey } from '@sidekick/store';
import { ulid } from 'ulid';
import { type Claim, newClaim } from './claim.ts';
import { deathWatch, type JobTimes, type Time } from './deaths.ts';
import type { JobForm, Sought } from './form.ts';
import type { holding } from './holding.ts';
import { JobEnded, type JobKind } from './kind.ts';
import { begun, failed, isEnded, type Standing } from './standing.ts';

interface TurnsOptions<T extends { _id: string }, I extends string, Here> {
  collection: Collection<T, I>;
  form: JobForm<T, I>;
  kind: JobKind<T, Here>;
  holding: ReturnType<typeof holding<T, I, Here>>;
  time: Time;
  times: JobTimes;
}

/** Documents read at once, and in one look: however many wait for one key, a look ends. */
const pageSize = 50;
const mostRead = 1_000;

/** What of all jobs this process takes up, ends or begins. */
export function turns<T extends { _id: string }, I extends string, Here>(options: TurnsOptions<T, I, Here>) {
  const { collection, form, kind, holding, time, times } = options;
  const { held } = holding;
  const watch = deathWatch(times, time);
  const now = () => time.now().getTime();

  async function* all(sought: Sought<T, I>): AsyncGenerator<Stored<T>> {
    let cursor: string | undefined;
    for (let read = 0; read < mostRead; read += pageSize) {
      const { items, nextCursor } = await collection.query({ ...sought, limit: pageSize, cursor });
      yield* items;
      if (nextCursor === null) return;
      cursor = nextCursor;
    }
  }
  /** Those that cannot be written now, e.g. since a newer release made them, hold up no others. `work` answers false when it has enough. */
  async function each(sought: Sought<T, I>, work: (stored: Stored<T>, standing: Standing) => Promise<boolean>): Promise<void> {
    const errors: unknown[] = [];
    for await (const stored of all(sought)) {
      if (held.has(stored.doc._id)) continue;
      const goesOn = await work(stored, form.read(stored.doc)).catch((error: unknown) => errors.push(error));
      if (!goesOn) break;
    }
    if (errors.length > 0) throw errors[0];
  }

  /** Jobs whose process died: anybody's again where others can run them and a try is left, dead elsewhere. */
  async function endDead(state: 'running' | 'waiting', watched: Set<string>): Promise<void> {
    await each(form.in(state), async (stored, standing) => {
      const { version } = stored;
      const id = stored.doc._id;
      watched.add(id);
      const isBound = standing.owner === id;
      if (!watch.isDead({ id, version, isBound, beatAt: standing.beatAt })) return true;
      const reason = kind.reasonOf(new JobEnded('died'));
      const next = failed(standing, reason, { tries: isBound ? 0 : kind.tries, waitAfter: () => 0 }, now());
      const doc = isEnded(next) && kind.afterDeath ? await kind.afterDeath(stored.doc) : stored.doc;
      await unlessRaced(collection.replace(stored, form.write(doc, next)));
      return true;
    });
  }

  const hasRoom = (lane: string): boolean =>
    [...held.values()].filter((claim) => claim.phase !== 'waiting' && claim.lane === lane).length < kind.atOnce;

  /** Begins what waits with this process, of one key in the order in which it was submitted. Keys that are another's go into `busy`. */
  async function beginOwn(busy: Set<string>): Promise<boolean> {
    let refused = false;
    for (const claim of [...held.values()]) {
      if (claim.phase !== 'waiting' || holding.isStopping()) continue;
      const { key } = form.read(claim.stored.doc);
      const isTurn = (key === null || !busy.has(key)) && hasRoom(claim.lane);
      if (key !== null) busy.add(key);
      if (!isTurn) continue;
      if (!(await holding.beginHere(claim))) refused = true;
    }
    return refused;
  }

  async function beginDue(due: Sought<T, I>, busy: Set<string>): Promise<boolean> {
    const lane = '';
    let refused = false;
    await each(due, async (found, standing) => {
      if (holding.isStopping() || !hasRoom(lane)) return false;
      if (standing.key !== null && busy.has(standing.key)) return true;
      if (standing.key !== null) busy.add(standing.key);
      const owner = ulid();
      const began = time.elapsed();
      try {
        const stored = await collection.replace(found, form.write(found.doc, begun(standing, owner, now())));
        const claim: Claim<T, Here> = newClaim(stored, { owner, here: null as Here, lane, phase: 'running', heardAt: began });
        holding.hold(claim);
        holding.begin(claim);
      } catch (error) {
        if (error instanceof TakenKey) refused = true;
        else if (!(error instanceof StaleVersion)) throw error;
      }
      return true;
    });
    return refused;
  }

  /** All of them, though one fails: it is tried again at the next look. */
  async function inOrder(works: readonly (() => Promise<void>)[]): Promise<void> {
    const errors: unknown[] = [];
    for (const work of works) await work().catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  }

  return {
    /** Answers whether a key that another process has kept a job from its turn. */
    async look(): Promise<boolean> {
      const watched = new Set<string>();
      let refused = false;
      await inOrder([
        () => endDead('running', watched),
        // Others wait with nobody.
        async () => {
          if (!form.due) await endDead('waiting', watched);
        },
        async () => {
          watch.watching(watched);
          const running = [...held.values()].filter(({ phase }) => phase !== 'waiting');
          const busy = new Set(running.flatMap(({ stored }) => form.read(stored.doc).key ?? []));
          refused = await beginOwn(busy);
          if (form.due) refused = (await beginDue(form.due(now()), busy)) || refused;
        },
      ]);
      return refused;
    },
    async count(state: Parameters<JobForm<T, I>['in']>[0], most: number): Promise<number> {
      const { items } = await collection.query({ ...form.in(state), limit: most });
      return items.length;
    },
  };
}

/** Another process was first: it has done the same. */
async function unlessRaced(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof StaleVersion)) throw error;
  }
}
