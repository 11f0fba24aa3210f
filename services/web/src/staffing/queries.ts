import {
  AssignmentView,
  CandidatesAnswer,
  ChangeSetView,
  DecisionsAnswer,
  HolidayView,
  listOf,
  PersonView,
  ProjectView,
  TeamView,
  TimelineAnswer,
  TimeOffView,
} from '@sidekick/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';
import { ask, askAll } from '../api/ask.ts';
import { byId } from './lists.ts';

/** Every key begins with `staffing`, so that a live event of staffing makes it stale. */
const list = <T>(name: string, path: string, item: z.ZodType<T>) => ({
  queryKey: ['staffing', name] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => askAll<T>(listOf(item) as never, path, {}, signal),
});

export const lists = {
  people: list<PersonView>('people', '/people', PersonView),
  projects: list<ProjectView>('projects', '/projects', ProjectView),
  assignments: list<AssignmentView>('assignments', '/assignments', AssignmentView),
  timeOff: list<TimeOffView>('time-off', '/time-off', TimeOffView),
  holidays: list<HolidayView>('holidays', '/holidays', HolidayView),
  teams: list<TeamView>('teams', '/teams', TeamView),
};

export const usePeople = () => useQuery(lists.people);
export const useProjects = () => useQuery(lists.projects);
const useAssignments = () => useQuery(lists.assignments);
export const useTimeOff = () => useQuery(lists.timeOff);
export const useHolidays = () => useQuery(lists.holidays);
export const useTeams = () => useQuery(lists.teams);

/** The records a grid or a form needs, by id; undefined until all are there. */
export function useRecords() {
  const people = usePeople();
  const projects = useProjects();
  const assignments = useAssignments();
  const timeOff = useTimeOff();
  const all = [people, projects, assignments, timeOff];
  const [peopleList, projectList, assignmentList, timeOffList] = [people.data, projects.data, assignments.data, timeOff.data];
  const records = useMemo(
    () =>
      peopleList && projectList && assignmentList && timeOffList
        ? { people: byId(peopleList), projects: byId(projectList), assignments: assignmentList, timeOff: timeOffList }
        : undefined,
    [peopleList, projectList, assignmentList, timeOffList],
  );
  return { records, error: all.find(({ error }) => error)?.error ?? null, retry: () => all.forEach(({ refetch }) => void refetch()) };
}

/** Figures of the weeks; the figures of the last range stay on screen until the new ones come. */
export const useTimeline = (from: string, to: string) =>
  useQuery({
    queryKey: ['staffing', 'timeline', from, to],
    queryFn: ({ signal }) => ask(TimelineAnswer, '/timeline', { query: { from, to }, signal }),
    placeholderData: keepPreviousData,
  });

export const useDecisions = (weeks: number, on = true) =>
  useQuery({
    queryKey: ['staffing', 'decisions', weeks],
    queryFn: ({ signal }) => ask(DecisionsAnswer, '/decisions', { query: { weeks }, signal }),
    placeholderData: keepPreviousData,
    enabled: on,
  });

export interface Slot {
  project: string;
  role: AssignmentView['role'];
  from: string;
  to: string;
  hours: number;
}

/** Who could take a slot; null asks nothing. The last list stays while hours or days change. */
export const useCandidates = (slot: Slot | null) =>
  useQuery({
    queryKey: ['staffing', 'candidates', slot],
    queryFn: ({ signal }) => ask(CandidatesAnswer, '/candidates', { query: { ...slot }, signal }),
    enabled: slot !== null,
    placeholderData: (previous, query) => (slot !== null && sameProject(query?.queryKey, slot) ? previous : undefined),
  });

const sameProject = (key: readonly unknown[] | undefined, slot: Slot) => (key?.[2] as Slot | null | undefined)?.project === slot.project;

const ChangeSets = listOf(ChangeSetView);

/** The newest change sets, newest first. */
export const useChanges = (limit: number, query: { subject?: string } = {}, on = true) =>
  useQuery({
    queryKey: ['staffing', 'changes', limit, query],
    queryFn: ({ signal }) => ask(ChangeSets, '/changes', { query: { limit, ...query }, signal }),
    enabled: on,
  });
