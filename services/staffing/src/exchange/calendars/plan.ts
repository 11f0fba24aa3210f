import { isDeepStrictEqual } from 'node:util';
import { dayOf } from '@sidekick/calendar';
import { type CalendarItem, type CalendarTold, type Command, type Identity, nameKey, type TimeOff } from '@sidekick/contracts';
import { isManager } from '../../access/rights.ts';
import { figuresAt } from '../../figures/index.ts';
import { type Ledger, lastTouch } from '../../log/ledger.ts';
import { type Piece, piecesOf, type Whose } from './days.ts';
import { idOf, keyOf } from './ids.ts';
import type { Occurrence } from './occurrences.ts';
import { peopleFinder } from './people.ts';
import type { CalendarReading } from './read.ts';

/** What is wanted of a calendar. */
export interface Wanted {
  readonly person: string | null;
  readonly from: string;
  readonly words: readonly string[];
  readonly people: readonly { readonly uid: string; readonly person: string }[];
}

/** Leave as a calendar had it when it was brought in last. */
export interface Brought extends Piece {
  readonly id: string;
  readonly person: string;
}

export interface Plan {
  readonly items: readonly CalendarItem[];
  /** Leave that was removed here, and would be made anew. */
  readonly again: ReadonlySet<string>;
  readonly vanished: readonly Brought[];
  readonly told: readonly CalendarTold[];
}

/** A calendar that somebody brings in, at a head. */
export interface Bringing {
  readonly ledger: Ledger;
  readonly reading: CalendarReading;
  readonly wanted: Wanted;
  readonly brought: readonly Brought[];
  readonly actor: Identity;
  readonly today: string;
}

const mostYearsDays = 7_300;
const mostAgain = 50;

/** What a calendar changes of leave. Pure: the same at the same head. */
export function planOf({ ledger, reading, wanted, brought, actor, today }: Bringing): Plan {
  const { state } = ledger;
  const told: CalendarTold[] = [...reading.told];
  const items: CalendarItem[] = [];
  const again = new Set<string>();
  const before = new Map(brought.map((one) => [one.id, one]));
  const still = new Set<string>();
  const whose = whoseIn(ledger);
  const person = personFor(ledger, wanted);
  const words = wanted.words.map(nameKey).filter(Boolean);
  for (const occurrence of reading.occurrences) {
    const { uid, summary } = occurrence;
    const tell = (why: CalendarTold['why']) => void told.push({ why, uid, summary });
    if (words.length > 0 && !words.some((word) => nameKey(summary ?? '').includes(word))) {
      tell('other-words');
      continue;
    }
    if (isOwnFeed(ledger, uid)) {
      tell('own-feed');
      continue;
    }
    const meant = person(occurrence);
    if (meant === 'nobody' || meant === 'two-people') {
      tell(meant);
      continue;
    }
    const pieces = piecesOf(occurrence, whose(meant));
    if (typeof pieces === 'string') {
      tell(pieces);
      continue;
    }
    for (const [at, piece] of pieces.entries()) {
      if (piece.to < wanted.from) {
        tell('past');
        continue;
      }
      if (Math.abs(dayOf(piece.to) - dayOf(today)) > mostYearsDays || Math.abs(dayOf(piece.from) - dayOf(today)) > mostYearsDays) {
        tell('too-far');
        continue;
      }
      const key = keyOf(meant, uid, occurrence.which ?? '', at);
      const { id, isAgain } = standingId(ledger, key);
      still.add(id);
      const kept = state.timeOff.get(id)?.record ?? null;
      const item = { key, id, uid, summary, person: meant, from: piece.from, to: piece.to, amount: piece.amount };
      if (kept === null) {
        if (isAgain) {
          again.add(key);
          tell('removed-here');
        }
        items.push({ ...item, what: 'new', before: null });
      } else if (isSame(kept, piece)) items.push({ ...item, what: 'same', before: null });
      else {
        const why = keeps(kept, before.get(id), actor);
        if (why) tell(why);
        else items.push({ ...item, what: 'changed', before: { from: kept.from, to: kept.to, amount: kept.amount } });
      }
    }
  }
  const vanished = brought.filter(({ id, to }) => {
    const kept = state.timeOff.get(id)?.record;
    return kept && !still.has(id) && to >= wanted.from && kept.state !== 'declined' && (isManager(actor) || kept.state === 'requested');
  });
  return { items, again, vanished, told };
}

const isSame = (kept: TimeOff, { from, to, amount }: Piece): boolean =>
  kept.from === from && kept.to === to && isDeepStrictEqual(kept.amount, amount);

/** Why leave stays as it is here, though its event is otherwise now; null: it follows the event. */
function keeps(kept: TimeOff, before: Brought | undefined, actor: Identity): CalendarTold['why'] | null {
  if (kept.state === 'declined') return 'declined-here';
  if (!isManager(actor) && kept.state !== 'requested') return 'approved-already';
  return before && isSame(kept, before) ? null : 'changed-here';
}

/** The newest id of a key that is free or stands. */
function standingId({ state, history }: Ledger, key: string): { id: string; isAgain: boolean } {
  for (let again = 0; ; again++) {
    const id = idOf(key, again);
    if (again >= mostAgain || state.timeOff.has(id) || lastTouch(history, id) === 0) return { id, isAgain: again > 0 };
  }
}

/** Leave that went out of here by a feed, and comes back. */
const isOwnFeed = ({ history }: Ledger, uid: string): boolean => {
  const id = /^([0-9A-Z]{26})(?:-\d{4}-\d\d-\d\d)?@sidekick$/.exec(uid)?.[1];
  return id !== undefined && history.touches.has(id);
};

function whoseIn({ state }: Ledger): (person: string) => Whose {
  const figures = figuresAt(state);
  return (person) => ({
    zone: state.person.get(person)?.record.timeZone ?? 'UTC',
    hoursOn: (day) => figures.gross(person, { from: day, to: day }),
  });
}

function personFor({ state }: Ledger, { person, people }: Wanted): (occurrence: Occurrence) => string | 'nobody' | 'two-people' {
  const said = new Map(people.filter((one) => state.person.has(one.person)).map((one) => [one.uid, one.person]));
  const found = person === null ? peopleFinder(state) : () => person;
  return (occurrence) => said.get(occurrence.uid) ?? found(occurrence);
}

/** The commands that carry a plan out, less what stays as it is. */
export function commandsOf(
  { items, vanished }: Plan,
  ledger: Ledger,
  { without, remove, actor }: { without: ReadonlySet<string>; remove: ReadonlySet<string>; actor: Identity },
): Command[] {
  const versionOf = (id: string) => ledger.state.timeOff.get(id)?.version ?? 0;
  const wanted = items.flatMap(({ key, id, what, person, from, to, amount }): Command[] => {
    if (what === 'same' || without.has(key)) return [];
    const kind = 'timeOff' as const;
    if (what === 'changed') {
      const patch = { from, to, amount: 'portion' in amount ? { ...amount, hours: null } : { ...amount, portion: null } };
      return [{ do: 'change', kind, id, version: versionOf(id), patch }];
    }
    return [{ do: 'create', kind, id, record: { person, from, to, amount, state: isManager(actor) ? 'approved' : 'requested' } }];
  });
  const gone = vanished.filter(({ id }) => remove.has(id));
  return [...wanted, ...gone.map(({ id }): Command => ({ do: 'delete', kind: 'timeOff', id, version: versionOf(id) }))];
}
