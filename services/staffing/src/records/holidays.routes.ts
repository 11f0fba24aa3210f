import { digits, HolidayBody, HolidayProposals, HolidayView, RegionsAnswer } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import { proposeHolidays } from '../holidays/proposals.ts';
import { knownRegions } from '../holidays/regions.ts';
import type { StaffingContext } from '../routing/context.ts';
import { keyOf } from '../state/names.ts';
import { recordRoutes } from './record.routes.ts';

const Region = z.string().min(1).max(20);
const Year = digits(z.int().min(1990).max(2100));

/** Regions and proposals stand before `/holidays/{id}`, which would take their paths. */
export const holidayRoutes = (context: StaffingContext): Route[] => [
  route({
    method: 'get',
    path: '/holidays/regions',
    operation: 'listRegions',
    summary: 'What the region of a person or holiday may be: countries, and parts of them that published calendars know',
    access: 'signed-in',
    answers: { 200: RegionsAnswer },
    handle: async () => ({ status: 200, body: { items: knownRegions() } }),
  }),
  route({
    method: 'get',
    path: '/holidays/proposals',
    operation: 'proposeHolidays',
    summary: 'Public holidays that published calendars name for a region and year; nothing is kept',
    access: 'signed-in',
    query: z.strictObject({ region: Region, year: Year }),
    answers: { 200: HolidayProposals },
    problems: [404],
    handle: async ({ query: { region, year } }) => ({ status: 200, body: { items: proposeHolidays(region, year) } }),
  }),
  ...recordRoutes(context, {
    kind: 'holiday',
    root: '/holidays',
    one: 'Holiday',
    many: 'Holidays',
    view: HolidayView,
    body: HolidayBody,
    writers: ['manager'],
    filters: { region: Region.optional(), year: Year.optional() },
    keep: (record, { region, year }) =>
      (region === undefined || keyOf(record.region) === keyOf(region)) && (year === undefined || Number(record.date.slice(0, 4)) === year),
  }),
];
