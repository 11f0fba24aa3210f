import {
  AssignmentView,
  ChangeSetView,
  HolidayView,
  listOf,
  PersonView,
  ProjectView,
  type RecordKind,
  TeamView,
  TimelineAnswer,
  TimeOffView,
} from '@sidekick/contracts';
import type { z } from 'zod';
import { type Read, read, readAll } from '../api/ask.ts';
import { isLive } from '../app/is-live.ts';

/** Milliseconds for which nobody asks again. Figures depend on the day as well, of which no change set tells. */
const unwatched = 5_000;
const aWhile = 15 * 60_000;

interface State {
  readonly state: { readonly data?: Read<unknown> | undefined };
}
/** What is followed (`following.ts`) is brought up by what comes and needs no asking, while anything comes. */
const staleTime =
  (followed: number) =>
  ({ state: { data } }: State): number =>
    isLive() && data?.view ? followed : unwatched;

const list = <T>(kind: RecordKind, name: string, item: z.ZodType<T>) => ({
  kind,
  queryKey: ['staffing', name] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => readAll<T>(listOf(item) as never, `/${name}`, {}, signal),
  staleTime: staleTime(Number.POSITIVE_INFINITY),
});

/** Whole lists of records, in the order of ids. Every key begins with `staffing`. */
export const lists = {
  people: list<PersonView>('person', 'people', PersonView),
  projects: list<ProjectView>('project', 'projects', ProjectView),
  assignments: list<AssignmentView>('assignment', 'assignments', AssignmentView),
  timeOff: list<TimeOffView>('timeOff', 'time-off', TimeOffView),
  holidays: list<HolidayView>('holiday', 'holidays', HolidayView),
  teams: list<TeamView>('team', 'teams', TeamView),
};

export const timelineQuery = (from: string, to: string) => ({
  queryKey: ['staffing', 'timeline', from, to] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Read<TimelineAnswer>> => {
    const answer = await read(TimelineAnswer, '/timeline', { query: { from, to }, signal });
    return { ...answer, head: answer.value.head };
  },
  staleTime: staleTime(aWhile),
});

export const ChangeSets = listOf(ChangeSetView);
export type ChangeSets = z.infer<typeof ChangeSets>;

/** The newest change sets, newest first. */
export const changesQuery = (limit: number) => ({
  queryKey: ['staffing', 'changes', limit] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => read(ChangeSets, '/changes', { query: { limit }, signal }),
  staleTime: staleTime(Number.POSITIVE_INFINITY),
});
