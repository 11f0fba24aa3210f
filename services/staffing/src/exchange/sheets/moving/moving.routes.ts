import { dayOf } from '@sidekick/calendar';
import { SheetCommit, SheetExportQuery, SheetMove, SheetMoved, SheetMovePreview } from '@sidekick/contracts';
import { InvalidInput, type Route, route } from '@sidekick/service-kit';
import type { StaffingContext } from '../../../routing/context.ts';
import { csvOf, xlsxOf } from '../layouts/files.ts';
import { tableOf } from '../layouts/table.ts';
import type { SheetReader } from '../reading.ts';
import { sheetTypes } from '../upload.ts';
import { movingOf } from './moving.ts';
import { sheetNumbers } from './numbers.ts';

/** A sheet of 10 MB as base64, and what is said of it. */
const bodyLimit = 16 * 1024 * 1024;

export function movingRoutes(context: StaffingContext, sheets: SheetReader): Route[] {
  const moving = movingOf(context, sheets, sheetNumbers(context.log, context.epoch));
  return [
    route({
      method: 'post',
      path: '/staffing-sheets/moves/preview',
      operation: 'previewSheetMove',
      summary: 'How a capacity sheet is read with what is said of it, and what it would change here; writes nothing',
      access: ['manager'],
      body: SheetMove,
      bodyLimit,
      reflects: true,
      answers: { 200: SheetMovePreview },
      problems: [413],
      handle: async ({ body, identity }) => ({ status: 200, body: await moving.preview(body, identity) }),
    }),
    route({
      method: 'post',
      path: '/staffing-sheets/commit',
      operation: 'commitSheet',
      summary:
        'Writes what a capacity sheet changes as one change set, which can be undone; a sheet that says what stands here writes nothing',
      access: ['manager'],
      body: SheetCommit,
      bodyLimit,
      answers: { 200: SheetMoved },
      problems: [409, 412, 413],
      handle: async ({ body, identity }) => ({ status: 200, body: await moving.commit(body, identity) }),
    }),
    exportRoute(context),
  ];
}

const types = { csv: 'text/csv; charset=utf-8', xlsx: sheetTypes[1] } as const;
/** Of a sheet by weeks, and by days: it must have columns for them. */
const mostDays = { A: 1_100, B: 400, C: 1_100, D: 3_660 } as const;

const exportRoute = (context: StaffingContext): Route =>
  route({
    method: 'get',
    path: '/staffing-sheets/export',
    operation: 'exportSheet',
    summary: 'What is planned as a capacity sheet in one of the four layouts, which is read back as the same',
    access: ['manager'],
    query: SheetExportQuery,
    answers: { 200: { media: 'text/csv' } },
    async handle({ query: { layout, from, to, format } }) {
      const days = dayOf(to) - dayOf(from);
      const wrong = days < 0 ? 'The end is before the start' : `A sheet of this layout holds at most ${mostDays[layout]} days`;
      if (days < 0 || days > mostDays[layout]) throw new InvalidInput('invalid-range', wrong, [{ path: 'to', message: wrong }]);
      await context.replica.catchUp();
      const table = tableOf(context.replica.current().state, layout, from, to);
      const name = `capacity-${from}-${to}.${format}`;
      return {
        status: 200,
        headers: { 'content-type': types[format], 'content-disposition': `attachment; filename="${name}"` },
        body: format === 'csv' ? csvOf(table) : await xlsxOf(table),
      };
    },
  });
