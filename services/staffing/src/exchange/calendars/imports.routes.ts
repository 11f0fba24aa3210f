import { CalendarCommit, CalendarImport, CalendarImported, CalendarPreview, type Identity } from '@sidekick/contracts';
import { Conflict, Forbidden, InvalidInput, type Route, route } from '@sidekick/service-kit';
import { isManager } from '../../access/rights.ts';
import { decisionContextOf, forReader } from '../../changes/write.ts';
import { decide } from '../../deciding/decide.ts';
import type { Asked } from '../../deciding/draft.ts';
import type { Ledger } from '../../log/ledger.ts';
import type { StaffingContext } from '../../routing/context.ts';
import { keyOf } from './ids.ts';
import { commandsOf, type Plan, planOf, type Wanted } from './plan.ts';
import type { CalendarReading } from './read.ts';
import type { CalendarReader } from './reading.ts';
import { refusalWords } from './refused.ts';
import { type CalendarSources, sourceOfFile } from './sources.ts';

export interface CalendarImports {
  reader: CalendarReader;
  sources: CalendarSources;
}

const writers = ['manager', 'engineer'] as const;
/** A calendar of 5 MiB as base64, and what is wanted of it. */
const bodyLimit = 8 * 1024 * 1024;
const mostTold = 200;

/** Leave out of calendars: a preview, then one change set. */
export function calendarImportRoutes(context: StaffingContext, imports: CalendarImports): Route[] {
  const { replica, clock } = context;
  const read = async (body: CalendarImport, actor: Identity) => {
    const wanted = wantedOf(body, actor, clock.today());
    const bytes = Buffer.from(body.file.bytes, 'base64');
    const reading = await imports.reader.read({ bytes, from: wanted.from, today: clock.today() }, actor.account);
    const source = sourceOfFile(actor.account, body.file.name);
    return { wanted, reading, source, brought: await imports.sources.brought(source) };
  };
  return [
    route({
      method: 'post',
      path: '/calendars/preview',
      operation: 'previewCalendar',
      summary: 'Which events of an iCalendar file become leave, and whose; nothing is written. Engineers bring in their own, as requests',
      access: writers,
      body: CalendarImport,
      bodyLimit,
      reflects: true,
      answers: { 200: CalendarPreview },
      problems: [413],
      async handle({ body, identity: actor }) {
        const { reading, wanted, brought } = await read(body, actor);
        if ('refused' in reading) return { status: 200, body: reading };
        await replica.catchUp();
        const ledger = replica.current();
        refuseUnknown(ledger, wanted);
        return { status: 200, body: previewOf(reading, planOf({ ledger, reading, wanted, brought, actor, today: clock.today() })) };
      },
    }),
    route({
      method: 'post',
      path: '/calendars/import',
      operation: 'importCalendar',
      summary: 'Brings the leave of an iCalendar file in as it was shown, in one change set; the same file again writes what changed alone',
      access: writers,
      body: CalendarCommit,
      bodyLimit,
      answers: { 200: CalendarImported },
      problems: [409, 412, 413],
      async handle({ body, identity: actor }) {
        const { reading, wanted, brought, source } = await read(body, actor);
        if ('refused' in reading) throw new InvalidInput('calendar-refused', refusalWords[reading.refused]);
        const left = { without: new Set(body.without), remove: new Set(body.remove), actor };
        let plan: Plan | null = null;
        const at = (ledger: Ledger): Asked[] => {
          refuseUnknown(ledger, wanted);
          plan = planOf({ ledger, reading, wanted, brought, actor, today: clock.today() });
          if (digestOf(plan) !== body.digest)
            throw new Conflict('other-preview', 'Leave or the calendar changed since this was shown: look at it again');
          return asked(commandsOf(plan, ledger, left));
        };
        const answer = await write(context, body, actor, at);
        if (plan) await noteOf(imports.sources, source, actor, plan, left);
        return { status: 200, body: answer };
      },
    }),
  ];
}

async function write(
  context: StaffingContext,
  body: CalendarCommit,
  actor: Identity,
  at: (ledger: Ledger) => Asked[],
): Promise<CalendarImported> {
  await context.replica.catchUp();
  const stored = await context.log.byRequestId(body.id);
  if (!stored && at(context.replica.current()).length === 0) return { number: null, made: 0, changed: 0, removed: 0 };
  const entry = await context
    .commit(body.id, actor.account, (ledger) => decide(ledger, at(ledger), decisionContextOf(context, actor, body)))
    .catch((error: unknown) => {
      throw forReader(error, actor);
    });
  const count = (is: (before: unknown, after: unknown) => boolean) =>
    entry.entry.changes.filter(({ before, after }) => is(before, after)).length;
  return {
    number: entry.number,
    made: count((before, after) => before === null && after !== null),
    changed: count((before, after) => before !== null && after !== null),
    removed: count((_before, after) => after === null),
  };
}

/** Whose leave it may be: an engineer's own. Throws Forbidden and InvalidInput. */
function wantedOf({ person, from, words, people }: CalendarImport, actor: Identity, today: string): Wanted {
  if (isManager(actor)) return { person, from: from ?? today, words, people };
  if (actor.person === null) throw new Forbidden('no-person', 'This account is not linked to a person in staffing: a manager can link it');
  if ((person !== null && person !== actor.person) || people.length > 0)
    throw new Forbidden('managers-only', 'You bring in your own leave; a manager brings in that of others');
  return { person: actor.person, from: from ?? today, words, people };
}

function refuseUnknown({ state }: Ledger, { person, people }: Wanted): void {
  const errors = [
    ...(person !== null && !state.person.has(person) ? [{ path: 'person', message: 'There is no such person' }] : []),
    ...people.flatMap((one, at) =>
      state.person.has(one.person) ? [] : [{ path: `people.${at}.person`, message: 'There is no such person' }],
    ),
  ];
  if (errors.length > 0) throw new InvalidInput('unknown-person', 'There is no such person', errors);
}

const previewOf = ({ name }: CalendarReading, plan: Plan): CalendarPreview => ({
  name,
  items: [...plan.items],
  vanished: plan.vanished.map(({ id, person, from, to, amount }) => ({ id, person, from, to, amount })),
  told: plan.told.slice(0, mostTold),
  more: Math.max(0, plan.told.length - mostTold),
  digest: digestOf(plan),
});

const digestOf = ({ items, vanished }: Plan): string =>
  keyOf(
    JSON.stringify(items.map(({ id, from, to, amount, what }) => [id, from, to, amount, what])),
    JSON.stringify(vanished.map(({ id }) => id)),
  );

const asked = (commands: ReturnType<typeof commandsOf>): Asked[] =>
  commands.map((command, index) => ({ ...command, at: { id: `items.${index}`, body: `items.${index}` } }));

/** What stands is known afterwards; a crash in between costs nothing, since the ids of leave follow from its events. */
async function noteOf(
  sources: CalendarSources,
  source: string,
  { account }: Identity,
  { items, vanished }: Plan,
  { without, remove }: { without: ReadonlySet<string>; remove: ReadonlySet<string> },
): Promise<void> {
  const now = items.filter(({ key, what }) => what === 'same' || !without.has(key));
  await sources.note(source, account, now, new Set(vanished.flatMap(({ id }) => (remove.has(id) ? [id] : []))));
}
