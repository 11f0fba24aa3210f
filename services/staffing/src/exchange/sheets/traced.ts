import { isoDay } from '@sidekick/calendar';
import type { SheetGrid, SheetReading, SheetRefusal } from '@sidekick/contracts';
import type { Retyped } from './cells/retyped.ts';
import { cellsOf, type Place, type Sheet } from './cells/sheet.ts';
import { NotRead, type SheetFile, type Traced, traceSheet } from './read.ts';
import type { PersonWeek } from './rows/week.ts';

/** What is given beside a sheet, as it travels to the process that reads. */
export interface GivenPlain {
  readonly cells: readonly Retyped[];
  readonly year: number | null;
  /** By the keys of names. */
  readonly weeks: readonly (readonly [string, PersonWeek])[];
}

/** A reading with its cells, as it travels back. */
export interface TracedReading {
  readonly reading: SheetReading;
  readonly grid: SheetGrid;
  readonly by: 'week' | 'day' | null;
  readonly weeks: readonly (readonly [string, PersonWeek])[];
  /** Where each of the reading's records begins, in their order. */
  readonly places: { readonly assignments: readonly (Place | null)[]; readonly timeOff: readonly (Place | null)[] };
}
export interface TracedRefusal {
  readonly refused: SheetRefusal;
  readonly grid: SheetGrid | null;
}

/** How a sheet is read with what is given, and its cells; a refusal too has them where they could be read. */
export async function tracedReading(file: SheetFile, { cells, year, weeks }: GivenPlain): Promise<TracedReading | TracedRefusal> {
  try {
    const traced = await traceSheet(file, { cells, ...(year === null ? {} : { year }), weeks: new Map(weeks) });
    const { reading, by, origins } = traced;
    const placed = (records: readonly object[]) => records.map((one) => origins.get(one) ?? null);
    return {
      ...{ reading, by, grid: gridOf(traced), weeks: [...traced.weeks] },
      places: { assignments: placed(reading.assignments), timeOff: placed(reading.timeOff) },
    };
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    const { code, sheet } = error;
    return { refused: code, grid: sheet && gridOf({ sheet, header: null, heads: [] }) };
  }
}

type Shown = { sheet: Sheet; header: number | null } & Pick<Traced, 'heads'>;

function gridOf({ sheet, header, heads }: Shown): SheetGrid {
  const rows: SheetGrid['rows'] = [];
  let columns = 0;
  for (const [row, cells] of sheet.rows.entries()) {
    const filled = [...cellsOf(cells)].map(([column, { text }]): [number, string] => [column, text]);
    if (filled.length === 0) continue;
    rows.push({ row, cells: filled });
    columns = Math.max(columns, filled.at(-1)?.[0] ?? 0);
  }
  return { rows, columns, header, heads: heads.map(({ column, day }) => ({ column, day: isoDay(day) })) };
}
