import { type CalendarEntry, CalendarView, Ulid } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import type { StaffingContext } from '../../routing/context.ts';
import { awayEntries, crewEntries, ownEntries, type Told } from './entries.ts';
import { changeTimesOf } from './times.ts';

const params = z.strictObject({ id: Ulid });

/** What calendar programs show, without words that are not for everybody: the gateway's feeds ask for it as somebody who has no role. */
export function feedRoutes(context: StaffingContext): Route[] {
  const { replica, clock, log } = context;
  const times = changeTimesOf(log);
  const answer = async ({ name, entries }: Told) => {
    const at = await times(entries.map(({ version }) => version));
    const told = entries.map((entry) => ({ ...entry, changedAt: at.get(entry.version) }) as CalendarEntry);
    return { status: 200, body: { name, entries: told } };
  };
  return [
    route({
      method: 'get',
      path: '/calendars/people/{id}',
      operation: 'readPersonCalendar',
      summary: 'Work and leave of a person as days for a calendar, from a year ago on',
      access: 'signed-in',
      params,
      answers: { 200: CalendarView },
      problems: [404],
      handle: ({ params: { id } }) => answer(ownEntries(replica.current().state, id, clock.today())),
    }),
    route({
      method: 'get',
      path: '/calendars/projects/{id}',
      operation: 'readProjectCalendar',
      summary: 'The crew of a project for a calendar: an entry for each run of weeks in which it is the same',
      access: 'signed-in',
      params,
      answers: { 200: CalendarView },
      problems: [404],
      handle: ({ params: { id } }) => answer(crewEntries(replica.current().state, id, clock.today())),
    }),
    route({
      method: 'get',
      path: '/calendars/absences',
      operation: 'readAbsencesCalendar',
      summary: 'Who is away when, for a calendar, from a quarter ago on: approved leave alone, and nothing of why',
      access: 'signed-in',
      answers: { 200: CalendarView },
      handle: () => answer(awayEntries(replica.current().state, clock.today())),
    }),
  ];
}
