import { weekOf } from '@sidekick/calendar/iso';
import type { OpeningView, TeamView } from '@sidekick/contracts';
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useCallback, useMemo, useRef } from 'react';
import { useSession } from '../../app/session.tsx';
import { useAddress } from '../../staffing/address.ts';
import { hours } from '../../staffing/format.ts';
import { isolated } from '../../staffing/people-names.ts';
import { useOpenings, useTeams } from '../../staffing/queries.ts';
import { useShownRecords } from '../../staffing/shown-records.ts';
import { useUndoRedo } from '../../staffing/use-undo-redo.ts';
import type { Records } from './bars.ts';
import { matchesPerson } from './filter.ts';
import { useLoadUnit } from './load-unit.ts';
import { isOpen, openMenu } from './panels.tsx';
import { personRows } from './person-rows.ts';
import { placeBars } from './place-bars.ts';
import type { Places } from './places-row.tsx';
import type { Scale } from './scale.ts';
import { useBarFocus } from './use-bar-focus.ts';
import { useBarMoves } from './use-bar-moves.ts';
import { useDraw } from './use-draw.ts';
import { useFreeList } from './use-free-list.ts';
import { usePeopleAsked } from './use-people-asked.ts';
import { usePlaceDrag } from './use-place-drag.ts';
import { usePlacing } from './use-placing.ts';
import { useScale } from './use-scale.ts';
import { useDrawnRecords, useShown } from './use-shown.ts';
import { useViewKeys } from './view-keys.ts';

/** The timeline by person: its rows, whose bars are hidden (the address says so), and everything that moves bars. */
export function usePersonGrid() {
  const { me, is } = useSession();
  const canEdit = is('manager');
  const own = me?.person ?? null;
  const [params, patch] = useAddress();
  const sliding = useShown();
  const { timeline, zoom, view, days, today, step, goTo } = sliding;
  const { records, waiting, error, retry } = useShownRecords(days, timeline !== undefined);
  const scroller = useRef<HTMLDivElement>(null);
  const scale = useScale(timeline, view, zoom);
  const moves = useBarMoves({ canEdit, records, scale, today, scroller, onStep: (steps) => sliding.waiting || step(steps) });
  const drawn = useDrawnRecords(moves.drawn, timeline);
  const asked = usePeopleAsked(records, timeline?.mondays);
  const { fits } = asked;
  const rows = useMemo(() => (timeline && drawn ? personRows(timeline, drawn, weekOf(today), scale) : []), [timeline, drawn, today, scale]);
  const openings = useOpenings().data;
  const places = useMemo(() => placesIn(openings ?? [], records, scale), [openings, records, scale]);
  const teams = useTeams(params.has('team'));
  const team = teamPeople(teams.data, params.get('team'));
  const shown = useMemo(
    () => (records ? rows.filter((row) => matchesPerson(row, params, records, own, team, fits)) : []),
    [rows, params, records, own, team, fits],
  );
  const shut = useHidden();
  const { hidden } = shut;
  const open = useMemo(() => new Set(shown.map(({ person }) => person.id).filter((id) => !hidden.has(id))), [shown, hidden]);
  const focus = useBarFocus({ canEdit, records, by: 'person', rows: open, ...moves });
  const placing = usePlacing({ records, timeline, today });
  const free = useFreeList({ canEdit, by: 'person', records, timeline, scale, scroller, placing });
  const [unit, tellIn] = useLoadUnit();
  const onToday = () => goTo(null);
  useViewKeys({ view, onStep: step, onToday, more: new Map([['%', () => tellIn(unit === 'hours' ? 'percent' : 'hours')]]) });
  const again = () => {
    sliding.retry();
    retry();
    if (teams.error) void teams.refetch();
    if (asked.error) asked.retry();
  };
  return {
    ...sliding,
    ...moves,
    ...focus,
    ...shut,
    waiting: sliding.waiting || waiting,
    canEdit,
    placing,
    free,
    // Nothing is drawn of a team that is not known yet.
    records: (params.has('team') && !teams.data) || asked.waiting ? undefined : records,
    failed: sliding.error ?? error ?? teams.error ?? asked.error,
    again,
    onToday,
    scroller,
    scale,
    rows,
    shown,
    places,
    unit,
    tellIn,
    patch,
  };
}
export type PersonGrid = ReturnType<typeof usePersonGrid>;

/** Open places of projects that are not lost. */
const placesIn = (openings: readonly OpeningView[], records: Records | undefined, scale: Scale): Places => {
  if (!records) return { bars: [], lanes: 0 };
  const { projects } = records;
  const text = ({ project, role, hoursPerWeek }: OpeningView) =>
    `${isolated(projects.get(project)?.name ?? 'Unknown project')} · ${role} · ${hours(hoursPerWeek)}`;
  return placeBars(
    openings.filter(({ project }) => projects.has(project) && projects.get(project)?.state !== 'lost'),
    scale,
    text,
    projects,
  );
};

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The people of a team by id; undefined where there is no such team. One set as long as the team stays as it is. */
function teamPeople(teams: readonly TeamView[] | undefined, id: string | null): ReadonlySet<string> | undefined {
  const people = teams?.find((team) => team.id === id)?.people;
  if (!people) return undefined;
  const set = sets.get(people) ?? new Set(people);
  sets.set(people, set);
  return set;
}

const idsOf = (text: string) => new Set(text.split(',').filter(Boolean));

/** People whose bars are hidden: nobody, until somebody asks. */
function useHidden() {
  const [params, patch] = useAddress();
  const text = params.get('shut') ?? '';
  const toggle = useCallback(
    (person: string) => {
      const next = idsOf(text);
      if (!next.delete(person)) next.add(person);
      patch({ shut: [...next].join(',') || null }, { replace: true });
    },
    [text, patch],
  );
  return { hidden: useMemo(() => idsOf(text), [text]), toggle };
}

const personAt = (target: EventTarget) => (target as HTMLElement).closest<HTMLElement>('[data-person]')?.dataset['person'];

/** What a click or a key on the grid opens. */
export function usePersonActions(grid: PersonGrid) {
  const { canEdit, patch, toggle, drag, deedKeys, selection, onBarKey, records, scale, scroller, placing, free } = grid;
  const [params] = useAddress();
  const { undo } = useUndoRedo(canEdit);
  const placeDrag = usePlaceDrag({ enabled: canEdit, records, scale, scroller });
  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (drag.justDragged() || placeDrag.justDragged()) return;
    if (free.onClick(event) || selection.onClick(event) || deedKeys.onClick(event)) return;
    const target = (event.target as HTMLElement).closest<HTMLElement>('[data-bar],[data-load],[data-assign],[data-place]');
    if (target?.dataset['place']) return patch({ opening: target.dataset['place'] });
    const person = target ? personAt(target) : undefined;
    if (!target || !person) return;
    if (target.dataset['bar']) patch({ edit: target.dataset['bar'] });
    else if (target.dataset['assign']) patch({ add: '', who: person });
    else if (target.dataset['load']) toggle(person);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (free.onKeyDown(event) || onBarKey(event) || event.ctrlKey || event.metaKey || event.altKey || !canEdit) return;
    if (event.key === 'u') undo?.run();
    if (event.key === 'a') {
      const column = scale.columns.find(({ key }) => key === (event.target as HTMLElement).dataset['load']);
      patch({ add: '', who: personAt(event.target) ?? null, days: column ? `${column.from} ${column.to}` : null });
    }
  };
  const onContextMenu = (event: MouseEvent<HTMLElement>) => openMenu(event, canEdit, patch);
  const draw = useDraw({
    enabled: canEdit && !isOpen(params),
    scale,
    scroller,
    hint: placing.hint,
    onChange: (drawing) => placing.place(drawing && { ...drawing, project: free.held }),
    onDraw: ({ person, from, to }) => patch({ add: free.release() ?? '', who: person, days: `${from} ${to}` }),
  });
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (selection.box.onPointerDown(event)) return;
    drag.onPointerDown(event);
    placeDrag.onPointerDown(event);
    draw.onPointerDown(event);
  };
  return { onClick, onContextMenu, onKeyDown, onPointerDown };
}
