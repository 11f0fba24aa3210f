import { RecordKind } from '@sidekick/contracts';
import { Conflict, type FieldError } from '@sidekick/service-kit';
import type { Change } from '../kinds/change.ts';
import { kindOf } from '../log/kinds.ts';
import { summaryOfRecord } from '../log/summary.ts';
import { recordsOf, type State } from '../state/state.ts';
import { type Draft, invalid } from './draft.ts';

/**
 * Refuses what cannot be: what its kind says (an end before its start), ids of records that are not there, a record that goes while
 * others name it; and, unless `today` is null, what is unfit by its kind (names of no region, dates out of bounds). `after` is the state
 * the changes lead to. Throws InvalidInput with a path each, Conflict `in-use`.
 */
export function refuseImpossible(after: State, { changes, places }: Draft, today: string | null): void {
  const errors = changes.flatMap((change) => {
    const place = places.get(change.id) ?? '';
    const unfit = today === null ? [] : kindOf(change.kind).unfit(change, after, today);
    return [...impossible(after, change), ...unfit].map(({ path, message }) => ({
      path: [place, path].filter(Boolean).join('.'),
      message,
    }));
  });
  if (errors.length > 0) throw invalid(errors);
  refuseOrphans(after, changes);
}

function impossible(state: State, { kind, after }: Change): FieldError[] {
  if (!after) return [];
  const { impossible, names } = kindOf(kind);
  const unknown = names(after).filter((one) => !state[one.kind].has(one.id));
  return [...impossible(after), ...unknown.map((one) => ({ path: one.path, message: `There is no ${one.kind} of this id` }))];
}

/** A record may go only together with what names it. */
function refuseOrphans(after: State, changes: readonly Change[]): void {
  const gone = new Set(changes.filter(({ kind, after: left }) => !left && kindOf(kind).called).map(({ id }) => id));
  if (gone.size === 0) return;
  const usedBy = RecordKind.options.flatMap((kind) => {
    const { names } = kindOf(kind);
    const left = [...recordsOf(after, kind).values()].filter(({ record }) => names(record).some(({ id }) => gone.has(id)));
    return left.map(({ record }) => ({ kind, id: record.id, text: summaryOfRecord(after, kind, record, changes) }));
  });
  if (usedBy.length === 0) return;
  const rest = usedBy.length > 1 ? ` and ${usedBy.length - 1} more` : '';
  throw new Conflict('in-use', `Still named by: ${usedBy[0]?.text}${rest}`, { usedBy: usedBy.slice(0, 100), usedByCount: usedBy.length });
}
