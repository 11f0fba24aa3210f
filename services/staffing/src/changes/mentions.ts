import { tidyName, typedKey } from '@sidekick/contracts';
import { reasonIn } from '../deciding/redact.ts';
import { textAt, textsIn } from '../deciding/texts.ts';
import type { ChangeSet, Mentions } from '../log/change-set.ts';
import { isAbout } from '../log/kinds.ts';
import type { Ledger } from '../log/ledger.ts';
import type { StaffingContext } from '../routing/context.ts';
import { recordsOf, type State } from '../state/state.ts';
import { holds, wordsOf } from './called.ts';
import { readNumbers } from './history.ts';

/** Change sets read at once; each may have some MB. */
const batch = 10;

const sides = ['before', 'after'] as const;
type Side = (typeof sides)[number];

/** A text of a record as a change set holds it. `isCarried`: it was said of the person, and stayed with the record as that passed to somebody else. */
interface Hit {
  readonly number: number;
  readonly side: Side;
  readonly kind: string;
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly isCarried: boolean;
}

/** What others wrote of a person, as far as the log has been read. */
export interface MentionSearch {
  /** Reads the log up to its head. */
  readOn(): Promise<void>;
  /** Whether all that a ledger knows has been read. */
  isUpTo(ledger: Ledger): boolean;
  found(state: State): Mentions;
}

/**
 * Looks for the name of a person, as it is or was, their mail address, and each part of the name that is part of nobody else's: in why
 * something was changed, and in texts of records that are not about them and have been changed since. A text that stands now can be
 * changed by hand and stays, but for what was said of the person on a record that is somebody else's now.
 */
export function mentionSearch({ log, replica }: Pick<StaffingContext, 'log' | 'replica'>, person: string): MentionSearch {
  let head = 0;
  let touched = -1;
  let words: readonly string[] = [];
  let reader = readerOf(person, words);
  const touchesIn = ({ history }: Ledger): readonly number[] => history.touches.get(person)?.numbers ?? [];

  async function readOn(): Promise<void> {
    await replica.catchUp();
    const ledger = replica.current();
    const touches = touchesIn(ledger);
    if (touches.length !== touched) {
      const others = [...ledger.state.person.values()].filter(({ record }) => record.id !== person);
      words = wordsOf(
        person,
        await namesOf(touches),
        others.map(({ record }) => record.private.name),
      );
      reader = readerOf(person, words);
      head = 0;
      touched = touches.length;
    }
    for (let entries = await log.read(head, batch); entries.length > 0; entries = await log.read(head, batch)) {
      for (const { number, entry } of entries) {
        reader.read(number, entry);
        head = number;
      }
    }
  }

  /** What the person was ever called: names as they were typed, and mail addresses. */
  async function namesOf(touches: readonly number[]): Promise<string[]> {
    const called = new Set<string>();
    const newestFirst = [...touches].reverse();
    for (let at = 0; at < newestFirst.length; at += batch) {
      for (const { entry } of await readNumbers(log, newestFirst.slice(at, at + batch))) {
        for (const { kind, id, before, after } of entry.changes) {
          if (kind !== 'person' || id !== person) continue;
          for (const one of [before, after]) if (one) called.add(tidyName(one.private.name)).add(one.private.email ?? '');
        }
      }
    }
    return [...called];
  }

  return {
    readOn,
    isUpTo: (ledger) => ledger.state.head <= head && touchesIn(ledger).length === touched,
    found: (state) => reader.found(state),
  };
}

function readerOf(person: string, words: readonly string[]) {
  const sets: number[] = [];
  const records = new Set<string>();
  const hits: Hit[] = [];
  /** By record and path, what was said of the person there. */
  const said = new Map<string, Set<string>>();
  /** A text stays in many change sets as it is. */
  const known = new Map<string, boolean>();
  const mentions = (text: string): boolean => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const key = typedKey(decoded(text));
    const found = words.some((word) => holds(key, word));
    if (known.size >= 1000) known.clear();
    known.set(text, found);
    return found;
  };

  return {
    read(number: number, { private: { reason }, changes }: ChangeSet): void {
      if (reason !== null && mentions(reason)) sets.push(number);
      for (const change of changes) {
        for (const side of sides) {
          const record = change[side];
          if (record === null) continue;
          const { kind, id } = change;
          const isTheirs = isAbout(kind, record, person);
          const why = isTheirs ? null : reasonIn(kind, record);
          if (why !== null && mentions(why)) records.add(id);
          for (const [path, text] of textsIn(kind, record)) {
            const place = `${id} ${path}`;
            if (isTheirs) said.set(place, (said.get(place) ?? new Set()).add(text));
            else {
              const isCarried = said.get(place)?.has(text) === true;
              if (isCarried || (path !== 'private.reason' && mentions(text))) hits.push({ number, side, kind, id, path, text, isCarried });
            }
          }
        }
      }
    },

    found(state: State): Mentions {
      const texts = new Map<string, { id: string; path: string; before: number[]; after: number[]; now: boolean }>();
      for (const { number, side, kind, id, path, text, isCarried } of hits) {
        const kept = recordsOf(state, kind).get(id)?.record;
        const stands = kept !== undefined && textAt(kept, path) === text;
        if (stands && !isCarried) continue;
        const place = texts.get(`${id} ${path}`) ?? { id, path, before: [], after: [], now: false };
        place[side].push(number);
        place.now ||= stands;
        texts.set(`${id} ${path}`, place);
      }
      return { sets: [...sets], records: [...records], texts: [...texts.values()] };
    },
  };
}

/** The query of a view is written as links write it. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
