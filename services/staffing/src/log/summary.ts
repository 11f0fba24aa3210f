import type { RecordKind } from '@sidekick/contracts';
import type { AnyRecord, Change } from '../kinds/change.ts';
import type { NameOf } from '../kinds/kind.ts';
import { recordsOf, type State } from '../state/state.ts';
import type { ChangeSet } from './change-set.ts';
import { kindOf } from './kinds.ts';

/** Names of records as they are now, or as the changes last knew them, so that a deleted person still has one. */
const namesIn =
  (state: State, changes: readonly Change[]): NameOf =>
  (kind, id) => {
    const { called } = kindOf(kind);
    const record = recordsOf(state, kind).get(id)?.record ?? lastKnown(changes, kind, id);
    return (record && called?.by(record)) ?? called?.gone ?? id;
  };

function lastKnown(changes: readonly Change[], kind: RecordKind, id: string): AnyRecord | null {
  const change = changes.find((one) => one.kind === kind && one.id === id);
  return change?.before ?? change?.after ?? null;
}

/**
 * One sentence for a change set, e.g. "Noor Haddad sidekick on Atlas, 8 h a week, 7 Dec – 27 Dec". Never tells why somebody is away. `isWhole` says of a
 * change whether it is told to somebody who reads all of it.
 */
export function summaryOf(
  state: State,
  { changes, at, undoes, redacts }: Pick<ChangeSet, 'changes' | 'at' | 'undoes' | 'redacts'>,
  isWhole: (change: Change) => boolean,
): string {
  const nameOf = namesIn(state, changes);
  if (redacts) return `${nameOf('person', redacts.person)}: name, address and notes removed for good`;
  const told = changes.slice(0, 3).map((change) => sentence(change, nameOf, at.slice(0, 10), isWhole(change)));
  const more = changes.length > 3 ? `; ${changes.length === 4 ? '1 more change' : `${changes.length - 3} more changes`}` : '';
  return `${undoes === null ? '' : `Undo of ${undoes}: `}${told.join('; ')}${more}`;
}

/** What a record says, as a phrase without who did what to it; with its years, for no day stands beside it. */
export const summaryOfRecord = (state: State, kind: string, record: AnyRecord, changes: readonly Change[] = []): string =>
  kindOf(kind).sentences.phrase(record, namesIn(state, changes), null);

function sentence({ kind, before, after }: Change, nameOf: NameOf, near: string, whole: boolean): string {
  const { phrase, made, changed } = kindOf(kind).sentences;
  if (!after) return before ? `${phrase(before, nameOf, near)}: removed` : '';
  return before ? changed(before, after, nameOf, near, whole) : made(after, nameOf, near);
}
