import {
  type AssignmentView,
  CandidatesAnswer,
  CapacityAnswer,
  ChangeAuthors,
  ChangeSetView,
  Decision,
  DecisionsAnswer,
  FreeAnswer,
  type RecordKind,
} from '@sidekick/contracts';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { z } from 'zod';
import { ask, type Read } from '../api/ask.ts';
import { ChangeSets, changesQuery, lists, timelineGoingOn, timelineQuery } from './held.ts';
import { byId } from './lists.ts';

const valueIn = <T>({ value }: Read<T>): T => value;

export const usePeople = () => useQuery({ ...lists.people, select: valueIn });
export const useProjects = () => useQuery({ ...lists.projects, select: valueIn });
const useAssignments = () => useQuery({ ...lists.assignments, select: valueIn });
export const useTimeOff = () => useQuery({ ...lists.timeOff, select: valueIn });
export const useHolidays = () => useQuery({ ...lists.holidays, select: valueIn });
export const useTeams = (on = true) => useQuery({ ...lists.teams, enabled: on, select: valueIn });
export const useVolunteers = () => useQuery({ ...lists.volunteers, select: valueIn });
export const useSharedViews = () => useQuery({ ...lists.views, select: valueIn });
export const useWishes = () => useQuery({ ...lists.wishes, select: valueIn });
/** Notes on weeks of projects, for managers alone. */
export const useWeekNotes = (on: boolean) => useQuery({ ...lists.weekNotes, enabled: on, select: valueIn });
export const useOpenings = () => useQuery({ ...lists.openings, select: valueIn });

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
export const useTimeline = (from: string, to: string, by: 'week' | 'day' = 'week') =>
  // Of other weeks all is new, and what is brought up keeps its rows by itself: comparing them would cost more than it saves.
  useQuery({ ...timelineQuery(from, to, by), placeholderData: keepPreviousData, select: valueIn, structuralSharing: false });

/** The same where somebody goes on in time. */
export const useTimelineGoingOn = (from: string, to: string, by: 'week' | 'day') =>
  useQuery({ ...timelineGoingOn(from, to, by), placeholderData: keepPreviousData, select: valueIn, structuralSharing: false });

/** Decisions of a kind that a newer portal alone knows, while this page stands open, are counted. */
const KnownDecisions = DecisionsAnswer.extend({ items: z.array(z.unknown()) }).transform(({ items, ...answer }) => {
  const read = items.map((item) => Decision.safeParse(item));
  const known = read.flatMap(({ data }) => (data ? [data] : []));
  return { ...answer, items: known, unknown: read.length - known.length };
});

export const useDecisions = (weeks: number, on = true) =>
  useQuery({
    queryKey: ['staffing', 'decisions', weeks],
    queryFn: ({ signal }) => ask(KnownDecisions, '/decisions', { query: { weeks }, signal }),
    placeholderData: keepPreviousData,
    enabled: on,
  });

export interface Slot {
  project: string;
  role: AssignmentView['role'];
  from: string;
  to: string;
  hours: number;
  /** The open place that it is of, whose skills are asked. */
  opening?: string;
}

/** Who could take a slot; null asks nothing, nor does one that is being filled (`off`): it may be gone already. The last list stays while hours or days change. */
export const useCandidates = (slot: Slot | null, off = false) =>
  useQuery({
    queryKey: ['staffing', 'candidates', slot],
    queryFn: ({ signal }) => ask(CandidatesAnswer, '/candidates', { query: { ...slot }, signal }),
    enabled: slot !== null && !off,
    placeholderData: (previous, query) => (slot !== null && sameProject(query?.queryKey, slot) ? previous : undefined),
  });

const sameProject = (key: readonly unknown[] | undefined, slot: Slot) => (key?.[2] as Slot | null | undefined)?.project === slot.project;

export interface CapacityRange {
  from: string;
  to: string;
  by: 'week' | 'day';
  team: string | null;
}

/** How full everybody is; the figures of the last range stay on screen until the new ones come. */
export const useCapacity = (range: CapacityRange) =>
  useQuery({
    queryKey: ['staffing', 'capacity', range],
    queryFn: ({ signal }) => ask(CapacityAnswer, '/figures/capacity', { query: { ...range }, signal }),
    placeholderData: keepPreviousData,
  });

export interface WantedHours {
  skill: string | null;
  level: number;
  hours: number;
  from: string;
  to: string;
  team: string | null;
}

/** Who has so many hours of a skill left; null asks nothing. */
export const useFree = (wanted: WantedHours | null) =>
  useQuery({
    queryKey: ['staffing', 'free', wanted],
    queryFn: ({ signal }) => ask(FreeAnswer, '/figures/free', { query: { ...wanted }, signal }),
    enabled: wanted !== null,
    placeholderData: keepPreviousData,
  });

/** The newest change sets, newest first. */
export const useChanges = (limit: number, on = true) => useQuery({ ...changesQuery(limit), enabled: on, select: valueIn });

/** What the history is cut by: all of it together. Days are those of the installation's time zone, both included. */
export interface HistoryFilter {
  /** Records that a change set touched, or of which it touched one that names them. */
  readonly about?: readonly string[];
  /** The account that made it. */
  readonly by?: string;
  readonly kind?: RecordKind;
  readonly from?: string;
  readonly to?: string;
}

/** A page of the history, newest first; the cursor is that of the page before. */
export const historyPage = (filter: HistoryFilter, limit: number, cursor: string | null, signal: AbortSignal) =>
  ask(ChangeSets, '/changes', { query: { limit, ...filter, cursor }, signal });

/** Whoever changed something. */
export const useAuthors = () =>
  useQuery({ queryKey: ['staffing', 'authors'], queryFn: ({ signal }) => ask(ChangeAuthors, '/changes/authors', { signal }) });

/** One change set by its number; null asks nothing. */
export const useChange = (number: number | null) =>
  useQuery({
    queryKey: ['staffing', 'change', number],
    queryFn: ({ signal }) => ask(ChangeSetView, `/changes/${number}`, { signal }),
    enabled: number !== null,
  });

/** Change sets of one record and of all that name it, newest first, 100 at a time. */
export const useChangesAbout = (about: string) => useHistory({ about: [about] });

/** Change sets that pass a filter, newest first, 100 at a time. */
export function useHistory(filter: HistoryFilter, on = true) {
  const query = useInfiniteQuery({
    queryKey: ['staffing', 'history', filter],
    queryFn: ({ pageParam, signal }) => historyPage(filter, 100, pageParam, signal),
    enabled: on,
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return {
    sets: (query.data?.pages ?? []).flatMap(({ items }) => items),
    more: query.hasNextPage,
    older: () => void query.fetchNextPage(),
    isLoading: query.isPending,
    error: query.error,
    retry: () => void query.refetch(),
  };
}
