import type { Entry, LogOptions } from './log.ts';

/** What carrying out redactions needs of a side. */
export interface RedactionSide<E> {
  read(after: number, limit: number): Promise<Entry<E>[]>;
  /** The number up to which redactions have been carried out. */
  done(): Promise<number>;
  setDone(number: number): Promise<void>;
  /** Replaces one entry by what `change` makes of it as it is now; answers whether that differed. */
  replace(number: number, change: (entry: E) => E): Promise<boolean>;
  /** Forgets a snapshot of an earlier head, and lets none of an earlier head be kept from now on. */
  fenceSnapshots(head: number): Promise<void>;
}

/** Entries read at once; each may have some MB. */
const batch = 50;

/**
 * Carries out what entries ask of earlier ones, in one pass. Everything in it may be done twice, and what is done is noted
 * last: so it may end anywhere and begin again, and two processes may do it at once. Answers how many entries changed.
 */
export async function redactEarlier<E>(side: RedactionSide<E>, redacts: LogOptions<E>['redacts']): Promise<number> {
  if (!redacts) return 0;
  const asked: { number: number; change: (entry: E, number: number) => E }[] = [];
  let seen = await side.done();
  const begun = seen;
  for await (const { number, entry } of entriesOf(side, begun)) {
    const change = redacts(entry);
    if (change) asked.push({ number, change });
    seen = number;
  }
  const last = asked.at(-1)?.number ?? 0;
  let changed = 0;
  if (last > 0) {
    await side.fenceSnapshots(last);
    for await (const { number, entry } of entriesOf(side, 0)) {
      if (number >= last) break;
      const change = (old: E) => asked.reduce((now, one) => (one.number > number ? one.change(now, number) : now), old);
      if (JSON.stringify(change(entry)) === JSON.stringify(entry)) continue;
      if (await side.replace(number, change)) changed += 1;
    }
  }
  if (seen > begun) await side.setDone(seen);
  return changed;
}

async function* entriesOf<E>(side: Pick<RedactionSide<E>, 'read'>, after: number): AsyncIterable<Entry<E>> {
  for (let entries = await side.read(after, batch); entries.length > 0; entries = await side.read(entries.at(-1)?.number ?? 0, batch)) {
    yield* entries;
  }
}
