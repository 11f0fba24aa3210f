import { diffArrays } from 'diff';

/** Lines added and removed beyond which two texts count as different altogether: the search grows with the square of it. */
const most = 2_000;
/** Milliseconds after which the search is given up, whatever the texts are. */
const patience = 500;

/** Lines of `old` from `at` on that `lines` from `to` on stand for in the other text. */
export interface Change {
  at: number;
  length: number;
  to: number;
  lines: string[];
}

export const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/);

/** What was changed from one text to the other, in order (Myers, O(ND)); null where too much differs for the time there is. */
export function changesOf(old: readonly string[], now: readonly string[]): Change[] | null {
  if (unshared(old, now) > most) return null;
  const steps = diffArrays([...old], [...now], { maxEditLength: most, timeout: patience });
  if (!steps) return null;
  const changes: Change[] = [];
  let [at, to] = [0, 0];
  let open: Change | null = null;
  for (const { added, removed, value } of steps) {
    if (!added && !removed) {
      at += value.length;
      to += value.length;
      open = null;
      continue;
    }
    if (!open) {
      open = { at, length: 0, to, lines: [] };
      changes.push(open);
    }
    if (removed) {
      open.length += value.length;
      at += value.length;
    } else {
      open.lines.push(...value);
      to += value.length;
    }
  }
  return changes;
}

/** Lines that only one of both has: so many at least are removed and added. */
function unshared(old: readonly string[], now: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of old) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of now) counts.set(line, (counts.get(line) ?? 0) - 1);
  let sum = 0;
  for (const count of counts.values()) sum += Math.abs(count);
  return sum;
}

export type Row = { kind: 'same' | 'old' | 'new'; text: string } | { kind: 'hidden'; lines: string[] };

/** Unchanged lines shown on either side of a change; a longer stretch is folded. */
const around = 3;

/** Both texts in one list of lines, as a reader compares them; null where they differ altogether. */
export function rowsOf(old: readonly string[], now: readonly string[]): Row[] | null {
  const changes = changesOf(old, now);
  if (!changes) return null;
  const rows: Row[] = [];
  let at = 0;
  const same = (end: number, last: boolean) => {
    const lines = old.slice(at, end);
    const [head, tail] = [at === 0 ? 0 : around, last ? 0 : around];
    const folded = lines.length > head + tail + 1 ? lines.slice(head, lines.length - tail) : [];
    const shown = folded.length > 0 ? [lines.slice(0, head), lines.slice(lines.length - tail)] : [lines, []];
    rows.push(...(shown[0] ?? []).map((text) => ({ kind: 'same' as const, text })));
    if (folded.length > 0) rows.push({ kind: 'hidden', lines: folded });
    rows.push(...(shown[1] ?? []).map((text) => ({ kind: 'same' as const, text })));
  };
  for (const change of changes) {
    same(change.at, false);
    at = change.at + change.length;
    rows.push(...old.slice(change.at, at).map((text) => ({ kind: 'old' as const, text })));
    rows.push(...change.lines.map((text) => ({ kind: 'new' as const, text })));
  }
  same(old.length, true);
  return rows;
}
