import { setImmediate as turn } from 'node:timers/promises';
import type { BrokenRule, Identity } from '@sidekick/contracts';
import { Conflict, InvalidInput } from '@sidekick/service-kit';
import { monotonicFactory } from 'ulid';
import { bodyOf } from '../../deciding/bodies.ts';
import { weigh } from '../../deciding/decide.ts';
import { type Asked, draft } from '../../deciding/draft.ts';
import { type AnyRecord, type Change, changeOf } from '../../kinds/change.ts';
import { kindOf } from '../../log/kinds.ts';
import { apply, type Ledger } from '../../log/ledger.ts';
import { recordsOf } from '../../state/state.ts';
import type { CsvSpec } from './columns/column.ts';
import type { Matched, Matching } from './match.ts';

/** Changes that one change set holds. */
export const mostChanges = 5_000;
/** Bytes of both sides of its changes: below the limit of a change set, which holds warnings too. */
const mostBytes = 3_500_000;
const atOnce = 250;

/** Cheaper than random ones where there are thousands. */
const nextId = monotonicFactory();

/** A change with the id that it is saved under, should it be. */
export interface Checked extends Matched {
  readonly id: string;
  readonly change: Change;
}

/** The changes of a file, those of new records under ids of their own. */
export const withIds = (spec: CsvSpec, matched: readonly Matched[]): Checked[] =>
  matched.map((one) => {
    const id = one.old?.record.id ?? nextId();
    const record: AnyRecord | null = one.record && { ...one.record, id };
    return { ...one, id, change: changeOf(spec.kind, id, one.old?.record ?? null, record) };
  });

export const askedOf = (spec: CsvSpec, { row: { row }, id, old, change: { after } }: Checked): Asked => {
  const at = { id: `rows.${row}.id`, body: `rows.${row}` };
  if (!after) return { do: 'delete', kind: spec.kind, id, version: old?.version ?? 0, at };
  const record = bodyOf(spec.kind, after);
  if (!old) return { do: 'create', kind: spec.kind, id, record, at };
  return { do: 'replace', kind: spec.kind, id, version: old.version, record, at };
};

/** Notes what can not be among all records as the file would leave them: an end before its start, days out of bounds, a name that is taken. */
export async function checkAll({ state }: Ledger, checked: readonly Checked[], { errors }: Matching, today: string): Promise<void> {
  const after = apply(state, [{ number: state.head + 1, changes: checked.map(({ change }) => change) }]);
  for (const [index, { row, change }] of checked.entries()) {
    if (index % atOnce === 0) await turn();
    if (!change.after) continue;
    const { impossible, unfit } = kindOf(change.kind);
    for (const error of [...impossible(change.after, after), ...unfit(change, after, today)]) errors.addField(row, error);
  }
}

/** What saving all of it would break; notes the rows of records that others still name. */
export function brokenBy(
  ledger: Ledger,
  spec: CsvSpec,
  checked: readonly Checked[],
  { errors }: Matching,
  actor: Identity,
  today: string,
): readonly BrokenRule[] {
  const commands = checked.map((one) => askedOf(spec, one));
  try {
    return weigh(ledger, draft(ledger, commands, actor), { actor, accept: [], today }).broken;
  } catch (error) {
    if (error instanceof InvalidInput) {
      for (const one of error.errors) addAt(checked, errors, one);
      return [];
    }
    if (!(error instanceof Conflict) || error.code !== 'in-use') throw error;
    for (const { row, words } of stillNamed(ledger, checked, error)) errors.add(row, null, words);
    return [];
  }
}

function addAt(checked: readonly Checked[], errors: Matching['errors'], { path, message }: { path: string; message: string }): void {
  const [, number, rest = ''] = /^rows\.(\d+)\.?(.*)$/.exec(path) ?? [];
  const found = checked.find(({ row }) => row.row === Number(number));
  if (found) errors.addField(found.row, { path: rest, message });
}

/** The rows that take out what others name, with one who does. */
function stillNamed({ state }: Ledger, checked: readonly Checked[], { details }: Conflict) {
  const usedBy = details['usedBy'] as { kind: string; id: string; text: string }[];
  return checked.flatMap(({ row, id, change: { after } }) => {
    if (after) return [];
    const by = usedBy.find((one) => {
      const record = recordsOf(state, one.kind).get(one.id)?.record;
      return (
        record &&
        kindOf(one.kind)
          .names(record)
          .some((named) => named.id === id)
      );
    });
    return by ? [{ row, words: `Still named by: ${by.text}. Take that out first` }] : [];
  });
}

/** The rows in parts that fit one change set each; one part where all of it does. */
export async function partsOf(checked: readonly Checked[]): Promise<{ from: number; to: number }[]> {
  const parts: { from: number; to: number }[] = [];
  let [count, bytes] = [0, 0];
  for (const [index, { row, change }] of checked.entries()) {
    if (index % atOnce === 0) await turn();
    const size = JSON.stringify(change).length;
    const last = parts.at(-1);
    if (!last || count === mostChanges || bytes + size > mostBytes) {
      parts.push({ from: row.row, to: row.row });
      [count, bytes] = [0, 0];
    } else last.to = row.row;
    count += 1;
    bytes += size;
  }
  return parts;
}
