import { addDays, mondayOfWeek } from '@sidekick/calendar/iso';
import type { Assignment } from '@sidekick/contracts';
import { useIsFetching } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { lists } from '../../staffing/held.ts';
import { useSeen } from '../../staffing/use-seen.ts';
import type { AssignStart } from './assign-draft.ts';
import { AssignForm } from './assign-form.tsx';
import { BarPopover } from './bar-popover.tsx';
import type { Bar, Records } from './bars.ts';
import { CellPopover } from './cell-popover.tsx';
import { GapPopover } from './gap-popover.tsx';
import { HistorySheet } from './history-sheet.tsx';
import type { ProjectRow } from './project-rows.ts';

interface Props {
  records: Records;
  rows: readonly ProjectRow[];
  /** Bars on screen, by project or by person. */
  bars: readonly Bar[];
  today: string;
  canEdit: boolean;
  scroller: RefObject<HTMLDivElement | null>;
}

const isRole = (role: string | null): role is Assignment['role'] => role === 'lead' || role === 'sidekick' || role === 'contributor';

/** Where a new assignment starts from, as the address says: project, person, role, and a week or days. */
function startOf(params: URLSearchParams): AssignStart {
  const [from, to] = (params.get('days') ?? '').split(' ');
  const week = params.get('week');
  const role = params.get('role');
  return {
    project: params.get('add') || null,
    person: params.get('who'),
    ...(isRole(role) ? { role } : {}),
    ...(from ? { from, to: to || null } : week ? { from: mondayOfWeek(week), to: addDays(mondayOfWeek(week), 6) } : {}),
  };
}

const closed = { add: null, edit: null, cell: null, history: null, week: null, role: null, days: null, who: null };

/** Whether something is open beside the grid: a press outside closes it, and does nothing else. */
export const isOpen = (params: URLSearchParams): boolean => ['add', 'edit', 'cell', 'history'].some((key) => params.has(key));

/** What is open beside the grid; the address names it. */
export function Panels({ records, rows, bars, today, canEdit, scroller }: Props) {
  const [params, patch] = useAddress();
  const close = () => patch(closed, { replace: true });
  const edit = params.get('edit');
  const assignment = edit ? records.assignments.find(({ id }) => id === edit) : undefined;
  // A link may be newer than the list that is kept here, and older than what there is: then it opens nothing.
  const loaded = useIsFetching({ queryKey: lists.assignments.queryKey }) === 0;
  const seen = useSeen({ kind: 'assignment', id: edit, there: assignment !== undefined, loaded });
  if (params.has('history')) return <HistorySheet canEdit={canEdit} onClose={close} />;
  if (edit && seen && canEdit) return <AssignForm key={edit} id={edit} records={records} today={today} onClose={close} />;
  if (params.has('add') && canEdit) return <AssignForm start={startOf(params)} records={records} today={today} onClose={close} />;
  const bar = bars.find((one) => one.assignment.id === edit);
  if (bar) {
    const find = () =>
      [...(scroller.current?.querySelectorAll<HTMLElement>('[data-bar]') ?? [])].find((one) => one.dataset['bar'] === edit) ?? null;
    return <BarPopover key={bar.assignment.id} bar={bar} records={records} anchor={find} scroller={scroller} onClose={close} />;
  }
  const [project, week] = (params.get('cell') ?? '').split(' ');
  const row = rows.find((one) => one.project.id === project);
  const cell = row?.cells.find((one) => one.week === week);
  if (!row || !cell) return null;
  const anchor = () => {
    const inRow = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-project]') ?? [])].find(
      (one) => one.dataset['project'] === project,
    );
    const cells = [...(inRow?.querySelectorAll<HTMLElement>('[data-week]') ?? [])];
    // A month's cell stands for all of its weeks.
    const holds = ({ dataset }: HTMLElement) => (dataset['weeks'] ?? dataset['week'] ?? '').split(' ').includes(week ?? '');
    return cells.find(holds) ?? null;
  };
  const shared = { row, records, canEdit, anchor, scroller, onClose: close };
  if (cell.gap === null)
    return (
      <CellPopover
        key={`${project} ${week}`}
        cell={cell}
        onAssign={() => patch({ ...closed, add: row.project.id, week: cell.week })}
        {...shared}
      />
    );
  return (
    <GapPopover
      key={`${project} ${cell.gap}`}
      gap={cell.gap}
      today={today}
      onMore={(slot, person) =>
        patch({ ...closed, add: slot.project, role: slot.role, days: `${slot.from} ${slot.to ?? ''}`, who: person })
      }
      {...shared}
    />
  );
}
