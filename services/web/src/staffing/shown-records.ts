import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { assignmentsIn, lists } from './held.ts';
import { byId } from './lists.ts';
import { usePeople, useProjects, useTimeOff } from './queries.ts';

/** Whether all assignments were asked for, and are here or could not be read. */
export const useWhole = (): boolean => useQuery({ ...lists.assignments, enabled: false }).status !== 'pending';

/**
 * The records of a grid over these days (ISO), by id; undefined until those that it shows are there. Of assignments those of the days come
 * first, and all of them once `drawn`: what the first paint waits for does not grow with the years. A change that comes between the two is
 * put over whichever is there, and the whole list takes over when it knows as much. `waiting`: what is shown is of the days before.
 */
export function useShownRecords({ from, to }: { readonly from: string; readonly to: string }, drawn: boolean) {
  const client = useQueryClient();
  const people = usePeople();
  const projects = useProjects();
  const timeOff = useTimeOff();
  const isHeld = client.getQueryData(lists.assignments.queryKey) !== undefined;
  const part = useQuery({ ...assignmentsIn(from, to), enabled: !isHeld, placeholderData: keepPreviousData });
  const isDrawn = drawn && part.data !== undefined;
  const whole = useQuery({ ...lists.assignments, enabled: isHeld || isDrawn || part.isError });
  const isBehind = whole.data !== undefined && whole.data.view === part.data?.view && whole.data.head < part.data.head;
  const shown = whole.data === undefined || isBehind ? part : whole;
  const [peopleList, projectList, assignments, timeOffList] = [people.data, projects.data, shown.data?.value, timeOff.data];
  const records = useMemo(
    () =>
      peopleList && projectList && assignments && timeOffList
        ? { people: byId(peopleList), projects: byId(projectList), assignments, timeOff: timeOffList }
        : undefined,
    [peopleList, projectList, assignments, timeOffList],
  );
  const all = [people, projects, whole, timeOff];
  return {
    records,
    waiting: shown.isPlaceholderData,
    error: all.find(({ error }) => error)?.error ?? null,
    retry: () => all.forEach(({ refetch }) => void refetch()),
  };
}
