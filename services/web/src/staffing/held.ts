import { weeksBetween } from '@sidekick/calendar/iso';
import {
  AssignmentView,
  BudgetView,
  ChangeSetView,
  HolidayView,
  listOf,
  mostRecords,
  OpeningView,
  PersonView,
  ProjectView,
  RateView,
  type RecordKind,
  SavedViewView,
  SettingsView,
  TeamView,
  TimelineAnswer,
  TimeOffView,
  VolunteerView,
  WeekNoteView,
  WishView,
} from '@sidekick/contracts';
import type { QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { ApiProblem, type Read, read, readAll } from '../api/ask.ts';
import { isLive } from '../app/is-live.ts';
import { joinedTimeline, missingIn } from './joined-timeline.ts';

/** Milliseconds for which nobody asks again. Figures depend on the day as well, of which no change set tells. */
const unwatched = 5_000;
const aWhile = 15 * 60_000;

/** Records of a page of a whole list: as many as are read without a frame being late. */
const pageOfAll = 2_000;

interface State {
  readonly state: { readonly data?: Read<unknown> | undefined };
}
/** What is followed (`following.ts`) is brought up by what comes and needs no asking, while anything comes. */
const staleTime =
  (followed: number) =>
  ({ state: { data } }: State): number =>
    isLive() && data?.view ? followed : unwatched;

const list = <T>(kind: RecordKind, name: string, item: z.ZodType<T>, keeps = Number.POSITIVE_INFINITY) => ({
  kind,
  queryKey: ['staffing', name] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const pages = (limit: number) => readAll<T>(listOf(item) as never, `/${name}`, { limit }, signal);
    // A part of the release before answers 200 at most.
    return pages(pageOfAll).catch((error) => (error instanceof ApiProblem && error.status === 400 ? pages(200) : Promise.reject(error)));
  },
  staleTime: staleTime(keeps),
});

/** Whole lists of records, in the order of ids. Every key begins with `staffing`. No live event tells of the last four, which are asked again sooner. */
export const lists = {
  people: list<PersonView>('person', 'people', PersonView),
  projects: list<ProjectView>('project', 'projects', ProjectView),
  assignments: list<AssignmentView>('assignment', 'assignments', AssignmentView),
  timeOff: list<TimeOffView>('timeOff', 'time-off', TimeOffView),
  holidays: list<HolidayView>('holiday', 'holidays', HolidayView),
  teams: list<TeamView>('team', 'teams', TeamView),
  volunteers: list<VolunteerView>('volunteer', 'volunteers', VolunteerView),
  wishes: list<WishView>('wish', 'wishes', WishView),
  openings: list<OpeningView>('opening', 'openings', OpeningView),
  views: list<SavedViewView>('view', 'views', SavedViewView),
  rates: list<RateView>('rate', 'rates', RateView, unwatched),
  budgets: list<BudgetView>('budget', 'budgets', BudgetView, unwatched),
  weekNotes: list<WeekNoteView>('weekNote', 'week-notes', WeekNoteView, unwatched),
  settings: list<SettingsView>('settings', 'settings', SettingsView, unwatched),
};

/**
 * Assignments that hold one of these days (ISO, both included): what a grid shows until all are here. It is followed as the whole list is, and so may come to
 * hold others too. A part of the release before knows neither the question nor so many at once: then the whole is waited for.
 */
export const assignmentsIn = (from: string, to: string) => ({
  queryKey: [...lists.assignments.queryKey, from, to] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    readAll<AssignmentView>(listOf(AssignmentView) as never, '/assignments', { limit: mostRecords, from, to }, signal),
  staleTime: staleTime(Number.POSITIVE_INFINITY),
});

const readTimeline = async (from: string, to: string, by: 'week' | 'day', signal: AbortSignal): Promise<Read<TimelineAnswer>> => {
  const answer = await read(TimelineAnswer, '/timeline', { query: { from, to, ...(by === 'day' ? { by } : {}) }, signal });
  return { ...answer, head: answer.value.head };
};

/** Behind the service and the name, the key says what is followed: `2026-W49`, `2026-W52` and, where it is told by day, `day`. */
export const timelineQuery = (from: string, to: string, by: 'week' | 'day' = 'week') => ({
  queryKey: ['staffing', 'timeline', from, to, ...(by === 'day' ? [by] : [])] as const,
  queryFn: ({ signal }: { signal: AbortSignal }): Promise<Read<TimelineAnswer>> => readTimeline(from, to, by, signal),
  staleTime: staleTime(aWhile),
});

/**
 * The same where somebody goes on in time: of weeks that another answer of this tab holds only those that it lacks are asked, and joined
 * to it. An answer of another head, day or reader joins nothing, and all is asked as by itself.
 */
export const timelineGoingOn = (from: string, to: string, by: 'week' | 'day' = 'week') => {
  const whole = timelineQuery(from, to, by);
  return {
    ...whole,
    queryFn: async ({ signal, client }: { signal: AbortSignal; client: QueryClient }): Promise<Read<TimelineAnswer>> => {
      const held = heldBeside(client, from, to, by);
      const missing = held ? missingIn(held.value, from, to) : null;
      if (!held || !missing || missing.length === 0) return whole.queryFn({ signal });
      const parts = await Promise.all(missing.map((part) => readTimeline(part.from, part.to, by, signal)));
      const fits = parts.every(
        (one) =>
          one.head === held.head && one.value.head === held.value.head && one.value.today === held.value.today && one.view === held.view,
      );
      if (!fits) return whole.queryFn({ signal });
      const inTurn = [held.value, ...parts.map(({ value }) => value)].sort((a, b) => ((a.weeks[0] ?? '') < (b.weeks[0] ?? '') ? -1 : 1));
      return { ...held, value: joinedTimeline(inTurn, from, to) };
    },
  };
};

/** What this tab holds of a range, the newest of it, where it is not to be read anew. */
function heldBeside(client: QueryClient, from: string, to: string, by: 'week' | 'day'): Read<TimelineAnswer> | null {
  const [service, name] = timelineQuery(from, to, by).queryKey;
  const found = client.getQueryCache().findAll({
    queryKey: [service, name],
    predicate: ({ queryKey, state }) => (queryKey[4] ?? 'week') === by && state.data !== undefined && !state.isInvalidated,
  });
  const all = found
    .map(({ state }) => state.data as Read<TimelineAnswer>)
    .filter(({ value, view }) => view !== null && missingIn(value, from, to));
  const lacking = ({ value }: Read<TimelineAnswer>) =>
    (missingIn(value, from, to) ?? []).reduce((sum, one) => sum + weeksBetween(one.from, one.to) + 1, 0);
  return all.sort((a, b) => b.head - a.head || lacking(a) - lacking(b))[0] ?? null;
}

export const ChangeSets = listOf(ChangeSetView);
export type ChangeSets = z.infer<typeof ChangeSets>;

/** The newest change sets, newest first. */
export const changesQuery = (limit: number) => ({
  queryKey: ['staffing', 'changes', limit] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => read(ChangeSets, '/changes', { query: { limit }, signal }),
  staleTime: staleTime(Number.POSITIVE_INFINITY),
});
