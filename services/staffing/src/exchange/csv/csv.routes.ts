import type { IncomingMessage } from 'node:http';
import { countWords } from '@sidekick/calendar';
import { CsvFileQuery, CsvImported, CsvImportQuery, CsvKind, CsvPreview, CsvQuery, type Identity } from '@sidekick/contracts';
import {
  Conflict,
  InvalidInput,
  type Route,
  type RouteRequest,
  route,
  TooLarge,
  Unavailable,
  UnsupportedMedia,
  uploadedBytes,
} from '@sidekick/service-kit';
import type { Entry } from '@sidekick/store';
import { TooBusy, turnsOf } from '@sidekick/workers';
import { z } from 'zod';
import { decisionContextOf, forReader } from '../../changes/write.ts';
import { decide } from '../../deciding/decide.ts';
import type { ChangeSet } from '../../log/change-set.ts';
import type { StaffingContext } from '../../routing/context.ts';
import { recordsOf } from '../../state/state.ts';
import { FileRefused } from './cells/table.ts';
import { askedOf } from './check.ts';
import { bookOf, countsOf, type Read, readCsv } from './reading.ts';
import { refused } from './refusals.ts';
import { csvOf } from './write.ts';

const OfKind = z.strictObject({ kind: CsvKind });
const types = ['text/csv', 'application/octet-stream'] as const;
const largest = 32 * 1024 * 1024;
const tooLarge = () =>
  new TooLarge(
    'csv-too-large',
    `A file holds at most ${largest / 1_048_576} MB. Leave out rows that change nothing, and send the rest in parts`,
  );

/** One file at a time is read: each holds its rows in memory, and others have their turn meanwhile all the same. */
const turns = () => turnsOf({ atOnce: 1, ofOne: 1, patience: 20_000 });
/** Tries of an import while others change the same kind of record. */
const tries = 3;

type InTurn = <T>(req: IncomingMessage, account: string, work: (bytes: Buffer) => Promise<T>) => Promise<T>;

function inTurnOf(): InTurn {
  const turn = turns();
  return async (req, account, work) => {
    const type = (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
    if (!types.some((known) => known === type))
      throw new UnsupportedMedia('unsupported-media-type', `Send the file itself, with one of the content types ${types.join(', ')}`);
    try {
      const bytes = await uploadedBytes(req, { largest, tooLarge, again: 'send the file again' });
      return await turn(account, () => work(bytes));
    } catch (error) {
      if (error instanceof TooBusy) throw new Unavailable('csv-waits', 'Other files are being read; try again shortly', { retryAfter: 5 });
      throw error;
    }
  };
}

export const csvRoutes = (context: StaffingContext): Route[] => {
  const inTurn = inTurnOf();
  return [exportRoute(context), previewRoute(context, inTurn), importRoute(context, inTurn)];
};

const placeOf = ({ clock }: StaffingContext) => ({ today: clock.today(), timeZone: clock.timeZone });

const exportRoute = (context: StaffingContext): Route =>
  route({
    method: 'get',
    path: '/staffing-export/{kind}.csv',
    operation: 'exportStaffing',
    summary: 'All records of a kind as CSV, with id and version, to edit in a spreadsheet and import again',
    access: ['manager'],
    params: OfKind,
    query: CsvQuery,
    answers: { 200: { media: 'text/csv' } },
    async handle({ params: { kind }, query, res }) {
      await context.replica.catchUp();
      const book = bookOf(context.replica.current(), placeOf(context));
      res.setHeader('content-type', 'text/csv; charset=utf-8');
      res.setHeader('cache-control', 'no-store');
      res.setHeader('content-disposition', `attachment; filename="${kind}.csv"`);
      res.on('error', () => {});
      const gone = new Promise<void>((resolve) => res.once('close', resolve));
      for await (const piece of csvOf(kind, book, query)) {
        if (res.destroyed) return null;
        if (!res.write(piece)) await Promise.race([new Promise<void>((resolve) => res.once('drain', resolve)), gone]);
      }
      res.end();
      return null;
    },
  });

const previewRoute = (context: StaffingContext, inTurn: InTurn): Route =>
  route({
    method: 'post',
    path: '/staffing-import/{kind}/preview',
    operation: 'previewStaffingImport',
    summary: 'What a CSV file would change, row by row, and every error of it, or why it is not read; nothing is written',
    access: ['manager'],
    params: OfKind,
    query: CsvFileQuery,
    media: types,
    reflects: true,
    answers: { 200: CsvPreview },
    problems: [413, 415],
    handle: ({ params: { kind }, identity, req }) =>
      inTurn(req, identity.account, async (bytes) => {
        try {
          return { status: 200, body: (await readAtHead(context, { kind, bytes }, identity)).answer };
        } catch (error) {
          if (error instanceof FileRefused) return { status: 200, body: refused(kind, error) };
          throw error;
        }
      }),
  });

async function readAtHead(
  context: StaffingContext,
  file: { kind: CsvKind; bytes: Buffer },
  actor: Identity,
): Promise<Read & { ledger: ReturnType<StaffingContext['replica']['current']> }> {
  await context.replica.catchUp();
  const ledger = context.replica.current();
  return { ledger, ...(await readCsv(file, { ledger, log: context.log, actor, ...placeOf(context) })) };
}

type ImportRequest = RouteRequest<z.infer<typeof OfKind>, z.infer<typeof CsvImportQuery>, undefined, readonly ['manager']>;

const importRoute = (context: StaffingContext, inTurn: InTurn): Route =>
  route({
    method: 'post',
    path: '/staffing-import/{kind}',
    operation: 'importStaffing',
    summary:
      'Saves what the preview of the same file showed: all of it as one change set, or nothing. The same id again answers what is stored',
    access: ['manager'],
    params: OfKind,
    query: CsvImportQuery,
    media: types,
    answers: { 200: CsvImported, 201: CsvImported },
    problems: [409, 412, 413, 415],
    handle: (request: ImportRequest) =>
      inTurn(request.req, request.identity.account, async (bytes) => {
        const stored = await context.log.byRequestId(request.query.id);
        if (stored && stored.entry.account !== request.identity.account)
          throw new Conflict('id-used', 'Another request has had this id; make a new one');
        if (stored) return { status: 201, body: importedOf(stored) };
        return save(context, request, bytes);
      }),
  });

async function save(context: StaffingContext, { params: { kind }, query, identity: actor }: ImportRequest, bytes: Buffer) {
  const { accept, reason, digest } = query;
  if (accept.length > 0 && !reason) throw new InvalidInput('reason-required', 'Say why: a rule is accepted with a reason');
  for (let attempt = 1; ; attempt += 1) {
    const { ledger, spec, checked, answer } = await readAtHead(context, { kind, bytes }, actor).catch((error: unknown) => {
      throw error instanceof FileRefused ? new InvalidInput(error.code, refused(kind, error).words) : error;
    });
    refuseUnseen(answer, digest);
    if (checked.length === 0) return { status: 200, body: { number: null, new: 0, changed: 0, removed: 0 } };
    const counts = countsOf(checked);
    const what = `imported ${countWords(checked.length, ...spec.words)} from ${query.name}`;
    const words = { accept, reason: reason ? `${reason} (${what})` : `I${what.slice(1)}` };
    const commands = checked.map((one) => askedOf(spec, one));
    try {
      const entry = await context.commit(query.id, actor.account, (at) => {
        if (recordsOf(at.state, spec.kind) !== recordsOf(ledger.state, spec.kind)) throw new Overtaken();
        return decide(at, commands, decisionContextOf(context, actor, words));
      });
      return { status: 201, body: { number: entry.number, ...counts } };
    } catch (error) {
      if (!(error instanceof Overtaken)) throw forReader(error, actor);
      if (attempt === tries) throw new Unavailable('busy', 'Others are writing; try again', { retryAfter: 1 });
    }
  }
}

/** Others changed records of the kind between reading and saving: what is there already may be more now. */
class Overtaken extends Error {}

/** Throws what keeps a file from being saved. */
function refuseUnseen({ digest, errors, moreErrors, tooMany }: Read['answer'], seen: string): void {
  if (errors.length > 0) {
    const all = errors.slice(0, 200).map(({ row, head, words }) => ({ path: `rows.${row}${head ? `.${head}` : ''}`, message: words }));
    throw new InvalidInput('rows-not-read', `${errors.length + moreErrors} cells are wrong; nothing was imported`, all);
  }
  if (tooMany) throw new TooLarge('too-many-changes', tooMany.words);
  if (digest !== seen)
    throw new Conflict(
      'preview-outdated',
      'Others changed something meanwhile, so that this file changes other things than you saw. Look at it again',
    );
}

const importedOf = ({ number, entry: { changes } }: Entry<ChangeSet>): CsvImported => ({
  number,
  new: changes.filter(({ before }) => before === null).length,
  changed: changes.filter(({ before, after }) => before !== null && after !== null).length,
  removed: changes.filter(({ after }) => after === null).length,
});
