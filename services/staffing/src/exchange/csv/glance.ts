import { FileRefused, type Table } from './cells/table.ts';
import { orderShown, type Writing } from './cells/values.ts';
import type { FoundColumns } from './columns/found.ts';

interface Glance {
  readonly rows: number;
  /** Days with slashes: one that can only be read in one way tells of all; where the file has both, none does. */
  readonly dayOrder: Writing['dayOrder'];
}

/** What must be known of all rows before the first is read. Throws FileRefused. */
export async function glance(table: Table, { fields, id, version }: FoundColumns): Promise<Glance> {
  const places = fields.filter(({ column }) => column.isDay).map(({ at }) => at);
  const shown = new Set<string>();
  let rows = 0;
  await table.each(({ cells }) => {
    rows += 1;
    for (const at of places) {
      const order = orderShown(cells[at] ?? '');
      if (order) shown.add(order);
    }
    if (id !== undefined && version === undefined && cells[id]?.trim()) throw new FileRefused('no-version');
  });
  if (rows === 0) throw new FileRefused('no-rows');
  return { rows, dayOrder: shown.size === 1 ? (shown.has('day') ? 'day' : 'month') : null };
}
