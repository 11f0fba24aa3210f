import { MoveWords } from './move-words.tsx';
import { Panels } from './panels.tsx';
import type { ProjectRow } from './project-rows.ts';
import { SelectionBar } from './selection-bar.tsx';
import type { PersonGrid } from './use-person-grid.ts';
import type { ProjectGrid } from './use-project-grid.ts';

/** What stands beside the rows of a timeline, wide or on a phone: what is said of a move, what is selected, and what is open. */
export function BesideGrid({ grid, projects = [] }: { grid: PersonGrid | ProjectGrid; projects?: readonly ProjectRow[] }) {
  const { records, timeline, rows, today, canEdit, scroller, selection } = grid;
  const bars = rows.flatMap((row) => row.bars);
  return (
    <>
      <MoveWords grid={grid} />
      {records && <SelectionBar selection={selection} records={records} />}
      {records && timeline && <Panels rows={projects} menu={grid} {...{ records, bars, today, canEdit, scroller }} />}
    </>
  );
}
