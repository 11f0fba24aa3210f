import type { BrokenRule, EventType, RecordKind, Records, recordBodies } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import type { z } from 'zod';
import type { State } from '../state/state.ts';
import type { ChangeOf } from './change.ts';

export type Body = Record<string, unknown>;
export type BodyOf<K extends RecordKind> = z.output<(typeof recordBodies)[K]>;

/** Another record that a record names, and at which path of its body. */
export interface Reference {
  /** Null where a newer release alone knows. */
  readonly kind: RecordKind | null;
  readonly id: string;
  readonly path: string;
}

/** How a record is called now, or was when it was last there. */
export type NameOf = (kind: RecordKind, id: string) => string;

/** What the history says of the records of a kind; of days a year only far from `near` (`null`: always). Never why somebody is away. */
export interface Sentences<R> {
  /** What a record says, without who did what to it. */
  phrase(record: R, nameOf: NameOf, near: string | null): string;
  made(record: R, nameOf: NameOf, near: string | null): string;
  /** `whole`: for somebody who reads what `masked` hides; others are not told that it changed. */
  changed(before: R, after: R, nameOf: NameOf, near: string | null, whole: boolean): string;
}

/**
 * All that staffing knows of one kind of record. The log and what decides go over the registry (`log/kinds.ts`) and name no kind; what a
 * rule about particular things needs stands in `rules/`.
 */
export interface Kind<K extends RecordKind> {
  /**
   * For whom its records are at all: whom they are not for has no word, number or sign of them in any list, record, history, count or
   * update, and may write none.
   */
  readonly readers: 'everybody' | 'managers';
  /** The event that carries its state; null: nobody is told. */
  readonly event: EventType | null;
  /** What a client may write of a record: without its id and without what the rules keep in it. */
  bodyOf(record: Records[K]): Body;
  /** The record of a body that fits its schema, with what the rules kept in `old`. */
  recordOf(id: string, body: BodyOf<K>, old: Records[K] | null): Records[K];
  /** A record of the first schema, whose names were kept as they were typed, with tidy names. */
  tidy(record: Records[K]): Records[K];

  /** The records that it names: they must be there, and do not go before it does or lets them go. */
  names(record: Records[K]): readonly Reference[];
  /**
   * A record without those of these ids that it names, where it lets them go, or null where it goes with them; null: what it names stays
   * while it does.
   */
  readonly letsGo: { without(record: Records[K], gone: ReadonlySet<string>): Records[K] | null } | null;
  /** How sentences call a record that others name, and one that is gone; null where no kind names it. */
  readonly called: { by(record: Records[K]): string; readonly gone: string } | null;
  /** What can never be among the records of `after`, by path of the body, with an undo too; that what it names is there is asked of every kind. */
  impossible(record: Records[K], after: State): FieldError[];
  /**
   * What is refused of what a change sets, `after` being the state that it leads to: names that nobody knows, days out of bounds. What
   * was kept otherwise stays until it is changed, and comes back with an undo. `today` is an ISO day.
   */
  unfit(change: ChangeOf<K>, after: State, today: string): FieldError[];
  /**
   * Whether a record that breaks a rule keeps that this was accepted, and for which broken ones it is to blame; and whether it is an
   * answer, which keeps why it was given. Null: none is.
   */
  readonly accepts: { isToBlame(record: Records[K], broken: BrokenRule): boolean; isAnswer(record: Records[K]): boolean } | null;
  /** The days on which a record changes any figure by itself; null: none but those of records that name it. */
  span(record: Records[K]): { readonly from: string; readonly to: string | null } | null;
  /** Every day that a record names: past the last of all of them each week is like the next. */
  days(record: Records[K]): readonly (string | null)[];

  /** The person whom a record is about, who with managers reads all of it; null: managers alone read what `masked` hides. */
  about(record: Records[K]): string | null;
  /** What the person whom a record is about may change of it; null: nothing, only managers may. */
  readonly own: { may(change: ChangeOf<K>): boolean } | null;
  /** A record as people see it whom it is not about. */
  masked(record: Records[K]): object;
  /** Whether the reason of a change may tell what `masked` hides. */
  readonly hidesReason: boolean;
  /** A record as other services may learn of it: of words about people only their name. */
  shareable(record: Records[K]): object;
  /** Paths of what people write in a record in their own words, and so may name anyone. */
  readonly texts: readonly string[];
  /** A record without words about the person whom it is about. */
  redacted(record: Records[K]): Records[K];

  readonly sentences: Sentences<Records[K]>;
}
