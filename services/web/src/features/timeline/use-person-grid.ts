import { weekOf } from '@sidekick/calendar/iso';
import { type KeyboardEvent, type MouseEvent, useCallback, useMemo, useRef } from 'react';
import { useSession } from '../../app/session.tsx';
import { useAddress } from '../../staffing/address.ts';
import { useRecords, useTeams } from '../../staffing/queries.ts';
import { matchesPerson } from './filter.ts';
import { personRows } from './person-rows.ts';
import { useRangedTimeline } from './range.ts';
import { useUndoRedo } from './toolbar.tsx';

/** The timeline by person: its rows, which of them are opened (the address says so), and what a click or a key opens. */
export function usePersonGrid() {
  const { me, is } = useSession();
  const canEdit = is('manager');
  const own = me?.person ?? null;
  const [params, patch] = useAddress();
  const ranged = useRangedTimeline();
  const { records, error, retry } = useRecords();
  const { timeline, today } = ranged;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => (timeline && records ? personRows(timeline, records, weekOf(today)) : []), [timeline, records, today]);
  const team = useTeamPeople(params.get('team'));
  const shown = useMemo(
    () => (records ? rows.filter((row) => matchesPerson(row, params, records, own, team)) : []),
    [rows, params, records, own, team],
  );
  const again = () => {
    ranged.retry();
    retry();
  };
  return { canEdit, ranged, records, timeline, today, failed: ranged.error ?? error, again, scroller, rows, shown, ...useOpened(), patch };
}
export type PersonGrid = ReturnType<typeof usePersonGrid>;

/** The people of a team by id; undefined while they are not known, or where there is no such team. */
function useTeamPeople(id: string | null): ReadonlySet<string> | undefined {
  const { data } = useTeams(id !== null);
  return useMemo(() => {
    const people = data?.find((team) => team.id === id)?.people;
    return people && new Set(people);
  }, [data, id]);
}

const idsOf = (text: string) => new Set(text.split(',').filter(Boolean));

/** People whose assignments are shown. */
function useOpened() {
  const [params, patch] = useAddress();
  const text = params.get('open') ?? '';
  const toggle = useCallback(
    (person: string) => {
      const next = idsOf(text);
      if (!next.delete(person)) next.add(person);
      patch({ open: [...next].join(',') || null }, { replace: true });
    },
    [text, patch],
  );
  return { opened: idsOf(text), toggle };
}

const personAt = (target: EventTarget) => (target as HTMLElement).closest<HTMLElement>('[data-person]')?.dataset['person'];

/** What a click or a key on the grid opens. */
export function usePersonActions({ canEdit, patch, toggle }: PersonGrid) {
  const { undo } = useUndoRedo(canEdit);
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const target = (event.target as HTMLElement).closest<HTMLElement>('[data-bar],[data-load],[data-assign]');
    const person = target ? personAt(target) : undefined;
    if (!target || !person) return;
    if (target.dataset['bar']) patch({ edit: target.dataset['bar'] });
    else if (target.dataset['assign']) patch({ add: '', who: person });
    else if (target.dataset['load']) toggle(person);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !canEdit) return;
    if (event.key === 'u') undo?.run();
    if (event.key === 'a') patch({ add: '', who: personAt(event.target) ?? null });
  };
  return { onClick, onKeyDown };
}
