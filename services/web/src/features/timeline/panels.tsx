import { addDays, mondayOfWeek } from '@sidekick/calendar/iso';
import { type Assignment, IsoWeek } from '@sidekick/contracts';
import { useIsFetching } from '@tanstack/react-query';
import { type MouseEvent, type RefObject, useState } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { lists } from '../../staffing/held.ts';
import { useWhole } from '../../staffing/shown-records.ts';
import { useSeen } from '../../staffing/use-seen.ts';
import type { AssignStart } from './assign-draft.ts';
import { AssignForm } from './assign-form.tsx';
import { BarMenu } from './bar-menu.tsx';
import { BarPopover } from './bar-popover.tsx';
import type { Bar, Records } from './bars.ts';
import { CellPopover } from './cell-popover.tsx';
import { GapPopover } from './gap-popover.tsx';
import { HistorySheet } from './history-sheet.tsx';
import { PlaceForm } from './place-form.tsx';
import { closedPlaces, PlacePanels, placeKeys } from './place-panels.tsx';
import type { ProjectRow } from './project-rows.ts';
import type { Scale } from './scale.ts';
import type { Deeds } from './use-deeds.ts';
import type { HandedOver } from './use-handed-over.ts';
import type { Selection } from './use-selection.ts';
import { WeekNoteForm } from './week-note-form.tsx';
import { WeekSheet } from './week-sheet.tsx';

interface Props {
  records: Records;
  rows: readonly ProjectRow[];
  /** Bars on screen, by project or by person. */
  bars: readonly Bar[];
  today: string;
  canEdit: boolean;
  scroller: RefObject<HTMLDivElement | null>;
  /** Where bars have a menu: on which scale they stand, and what does what is chosen. */
  menu?: { scale: Scale; deeds: Pick<Deeds, 'run'>; selection: Selection };
}

const isWeek = (text: string): boolean => IsoWeek.safeParse(text).success;
const isRole = (role: string | null): role is Assignment['role'] => role === 'lead' || role === 'sidekick' || role === 'contributor';

/** Where a new assignment starts from, as the address says: project, person, role (`wanted`, since `role` filters), and a week or days. */
function startOf(params: URLSearchParams): AssignStart {
  const [from, to] = (params.get('days') ?? '').split(' ');
  const week = params.get('week');
  const role = params.get('wanted');
  const hours = Number(params.get('hours') ?? 0);
  return {
    project: params.get('add') || null,
    person: params.get('who'),
    ...(isRole(role) ? { role } : {}),
    ...(hours > 0 && hours <= 168 ? { hours } : {}),
    ...(from ? { from, to: to || null } : week ? { from: mondayOfWeek(week), to: addDays(mondayOfWeek(week), 6) } : {}),
  };
}

const closed = {
  ...{
    add: null,
    edit: null,
    menu: null,
    sheet: null,
    cell: null,
    history: null,
    week: null,
    wanted: null,
    days: null,
    who: null,
    hours: null,
    noted: null,
  },
  ...closedPlaces,
};

/** In the place of a person's id: the place stays open. */
const nobody = 'nobody';

/** The other way round: the form of a new assignment or open place, as an address. */
const addressOf = ({ project, role, from, to, hours }: AssignStart): Record<string, string | null> => ({
  add: project ?? '',
  wanted: role ?? null,
  days: from ? `${from} ${to ?? ''}` : null,
  hours: hours ? String(hours) : null,
});

/** What is typed goes along to the one form whose address this is. */
const startKey = (get: (key: string) => string | null): string => JSON.stringify(['add', 'wanted', 'days', 'hours', 'who'].map(get));

/** Whether something is open beside the grid: a press outside closes it, and does nothing else. */
export const isOpen = (params: URLSearchParams): boolean =>
  ['add', 'edit', 'menu', 'sheet', 'cell', 'history', 'noted', ...placeKeys].some((key) => params.has(key));

/** Opens the menu of the bar that is clicked with the other button, pressed for long, or has the focus of the menu key. */
export function openMenu(event: MouseEvent<HTMLElement>, canEdit: boolean, patch: (changes: Record<string, string>) => void): void {
  const { bar, place } = (event.target as HTMLElement).closest<HTMLElement>('[data-bar],[data-place]')?.dataset ?? {};
  if (!canEdit || !(bar || place)) return;
  event.preventDefault();
  patch(bar ? { menu: bar } : { opening: place ?? '' });
}

/** What is open beside the grid; the address names it. */
export function Panels({ records, rows, bars, today, canEdit, scroller, menu }: Props) {
  const [params, patch] = useAddress();
  const close = () => patch(closed, { replace: true });
  const [handed, setHanded] = useState<{ at: string; what: HandedOver } | null>(null);
  const edit = params.get('edit');
  const assignment = edit ? records.assignments.find(({ id }) => id === edit) : undefined;
  // A link may be newer than the list that is kept here, and older than what there is: then it opens nothing.
  const whole = useWhole();
  const loaded = useIsFetching({ queryKey: lists.assignments.queryKey }) === 0 && whole;
  const seen = useSeen({ kind: 'assignment', id: edit, there: assignment !== undefined, loaded });
  if (params.has('history')) return <HistorySheet canEdit={canEdit} onClose={close} />;
  // Forms and menus know all records: nothing is done for want of one that is on its way.
  if (!whole) return null;
  const barOf = (id: string | null) => bars.find((one) => one.assignment.id === id);
  const anchorOf = (id: string | null) => () =>
    [...(scroller.current?.querySelectorAll<HTMLElement>('[data-bar]') ?? [])].find((one) => one.dataset['bar'] === id) ?? null;
  if (edit && seen && canEdit) {
    const more = menu && barOf(edit) ? { onMore: () => patch({ ...closed, menu: edit }) } : {};
    return <AssignForm key={edit} id={edit} records={records} today={today} onClose={close} {...more} />;
  }
  if (placeKeys.some((key) => params.has(key))) return <PlacePanels {...{ records, today, canEdit, scroller }} onClose={close} />;
  if (params.has('add') && canEdit) {
    const start = startOf(params);
    const shut = () => {
      setHanded(null);
      close();
    };
    const shared = { records, today, onClose: shut };
    const to = (who: string | null) => (next: AssignStart, what: HandedOver) => {
      const address: Record<string, string | null> = { ...addressOf(next), who };
      setHanded({ at: startKey((key) => address[key] ?? null), what });
      patch({ ...closed, ...address });
    };
    const typed = handed?.at === startKey((key) => params.get(key)) ? handed.what : null;
    if (params.get('who') === nobody)
      return <PlaceForm start={{ ...start, person: null }} {...shared} handed={typed} onSomebody={to(null)} />;
    return <AssignForm start={start} {...shared} handed={typed} onNobody={to(nobody)} />;
  }
  const [notedOn = '', notedIn = ''] = (params.get('noted') ?? '').split(' ');
  const notedProject = records.projects.get(notedOn);
  if (canEdit && notedProject && isWeek(notedIn))
    return <WeekNoteForm key={`${notedOn} ${notedIn}`} project={notedProject} week={notedIn} onClose={close} />;
  const sheet = params.get('sheet');
  if (sheet && menu && canEdit)
    return (
      <WeekSheet key={sheet} id={sheet} anchor={anchorOf(sheet)} onClose={close} {...{ records, today, scroller, scale: menu.scale }} />
    );
  const asked = params.get('menu');
  const held = canEdit && menu ? barOf(asked) : undefined;
  if (held && menu)
    return (
      <BarMenu
        key={asked}
        bar={held}
        anchor={anchorOf(asked)}
        onDeed={(deed) => {
          close();
          return menu.deeds.run(deed);
        }}
        onSelect={() => {
          close();
          menu.selection.setSelecting(true);
          menu.selection.toggle(held.assignment.id);
        }}
        onForm={() => patch({ ...closed, edit: asked })}
        onWeeks={() => patch({ ...closed, sheet: asked })}
        onClose={close}
        {...{ records, today, scroller, scale: menu.scale }}
      />
    );
  const bar = barOf(edit);
  if (bar) return <BarPopover key={edit} bar={bar} records={records} anchor={anchorOf(edit)} scroller={scroller} onClose={close} />;
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
  const onNote = (noted: string) => patch({ ...closed, noted });
  const shared = { row, cell, records, canEdit, anchor, scroller, onNote, onClose: close };
  if (cell.gap === null)
    return (
      <CellPopover key={`${project} ${week}`} onAssign={() => patch({ ...closed, add: row.project.id, week: cell.week })} {...shared} />
    );
  return (
    <GapPopover
      key={`${project} ${cell.gap}`}
      gap={cell.gap}
      today={today}
      onMore={(slot, person) =>
        patch({ ...closed, add: slot.project, wanted: slot.role, days: `${slot.from} ${slot.to ?? ''}`, who: person })
      }
      {...shared}
    />
  );
}
