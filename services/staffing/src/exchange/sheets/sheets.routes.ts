import { SheetPreview, SheetQuery } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { jsonHeaders, type StaffingContext } from '../../routing/context.ts';
import type { SheetReader } from './reading.ts';
import { sheetBytes, sheetTypes } from './upload.ts';

export const sheetRoutes = ({ clock }: StaffingContext, sheets: SheetReader): Route[] => [
  route({
    method: 'post',
    path: '/staffing-sheets/preview',
    operation: 'previewSheet',
    summary: 'How a capacity spreadsheet (CSV or XLSX) is read, or why it is not; nothing is written',
    access: ['manager'],
    query: SheetQuery,
    media: sheetTypes,
    reflects: true,
    answers: { 200: SheetPreview },
    problems: [413, 415],
    async handle({ query: { name }, identity, req }) {
      const read = await sheets.read({ name, bytes: await sheetBytes(req), today: clock.today() }, identity.account);
      return { status: 200, headers: jsonHeaders, body: typeof read === 'string' ? read : JSON.stringify(read) };
    },
  }),
];
