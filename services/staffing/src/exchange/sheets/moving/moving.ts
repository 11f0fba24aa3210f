import { createHash } from 'node:crypto';
import { isoDay } from '@sidekick/calendar';
import {
  BrokenRule,
  type Identity,
  type SheetChange,
  type SheetCommit,
  type SheetMove,
  type SheetMoved,
  type SheetMovePreview,
  type SheetMoveRead,
} from '@sidekick/contracts';
import { Conflict, InvalidInput, TooLarge } from '@sidekick/service-kit';
import type { Entry } from '@sidekick/store';
import { ulid } from 'ulid';
import { decisionContextOf } from '../../../changes/write.ts';
import { decide, weigh } from '../../../deciding/decide.ts';
import { type Asked, draft } from '../../../deciding/draft.ts';
import type { ChangeSet } from '../../../log/change-set.ts';
import type { Ledger } from '../../../log/ledger.ts';
import type { StaffingContext } from '../../../routing/context.ts';
import { wordKey } from '../header/words.ts';
import type { Draft } from '../matching/draft.ts';
import { type Matched, match } from '../matching/match.ts';
import { hoursOf, windowsOf } from '../matching/standing.ts';
import type { SheetReader } from '../reading.ts';
import type { TracedReading } from '../traced.ts';
import type { SheetNumbers } from './numbers.ts';

/** Changes of one change set. */
const mostChanges = 5_000;
const mostBroken = 200;
const allCodes = BrokenRule.shape.code.options;

interface Moving {
  /** How a sheet is read and what it would change; writes nothing. */
  preview(move: SheetMove, actor: Identity): Promise<SheetMovePreview>;
  /** Writes it as one change set. Throws InvalidInput, Conflict `other-changes`, TooLarge. */
  commit(move: SheetCommit, actor: Identity): Promise<SheetMoved>;
}

/** There is nothing to write: no error of whoever asked. */
class NothingToDo extends Conflict {}

export function movingOf(context: StaffingContext, reader: SheetReader, numbers: SheetNumbers): Moving {
  const read = ({ name, content, corrections }: SheetMove, actor: Identity) => {
    const bytes = bytesOf(content);
    const { cells, year } = corrections;
    const weeks = corrections.weeks.map(({ name, hours, days }) => [wordKey(name), { hours, days }] as const);
    return reader.trace({ name, bytes, today: context.clock.today() }, { cells, year, weeks }, actor.account);
  };
  const matched = (traced: TracedReading, { corrections }: SheetMove, { state }: Ledger, bySheet: ReadonlySet<number>): Matched =>
    match({ traced, corrections, state, today: context.clock.today(), bySheet });

  return {
    async preview(move, actor) {
      const traced = await read(move, actor);
      if ('refused' in traced) return traced;
      await context.replica.catchUp();
      const ledger = context.replica.current();
      const bySheet = await numbers.of(ledger.state, windowsOf(traced));
      return told(traced, matched(traced, move, ledger, bySheet), ledger, () => decisionContextOf(context, actor, { accept: allCodes }));
    },
    async commit(move, actor) {
      const traced = await read(move, actor);
      if ('refused' in traced) throw new InvalidInput(traced.refused, traced.words);
      await context.replica.catchUp();
      const bySheet = await numbers.of(context.replica.current().state, windowsOf(traced));
      const notUnderstood = traced.reading.notUnderstood.length;
      const reason = move.reason ?? `Moved in from ${move.name}`;
      try {
        const entry = await context.commit(move.id, actor.account, (ledger) => {
          const { drafts, faults } = matched(traced, move, ledger, bySheet);
          refuse(drafts, faults, move.expects);
          const { asked } = askedOf(drafts);
          try {
            return { ...decide(ledger, asked, decisionContextOf(context, actor, { accept: allCodes, reason })), fromSheet: true };
          } catch (error) {
            throw error instanceof InvalidInput ? atCells(error, drafts) : error;
          }
        });
        numbers.add(entry.number);
        return { number: entry.number, counts: countsOf(changesIn(entry)), notUnderstood };
      } catch (error) {
        if (error instanceof NothingToDo) return { number: null, counts: [], notUnderstood };
        throw error;
      }
    },
  };
}

function bytesOf(content: string): Buffer {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.toString('base64') !== content)
    throw new InvalidInput('not-base64', 'The content of the file is no base64', [{ path: 'content', message: 'No base64' }]);
  return bytes;
}

const tooMany = (count: number): string =>
  `The sheet holds ${count} changes, and ${mostChanges} are written at once. Send it in parts: some of its weeks, or some of its people, first`;

function refuse(drafts: readonly Draft[], faults: readonly string[], expects: string | undefined): void {
  if (drafts.length === 0 && faults.length === 0) throw new NothingToDo('nothing-to-do', 'The sheet says what stands here');
  if (faults.length > 0) throw new InvalidInput('sheet-not-ready', faults.join('; '));
  if (drafts.length > mostChanges) throw new TooLarge('too-many-changes', tooMany(drafts.length));
  if (expects !== undefined && expects !== digestOf(drafts))
    throw new Conflict('other-changes', 'Something changed here since the preview was made. Look at what would be written now');
}

/** Commands with ids for new records, and where each stands, so that an error leads back to its draft. */
function askedOf(drafts: readonly Draft[]): { asked: Asked[] } {
  const ids = new Map<string, string>();
  const idOf = (ref: string) => {
    const id = ids.get(ref) ?? ulid();
    ids.set(ref, id);
    return id;
  };
  const named = (body: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(body).map(([key, value]) => [key, isRef(value) ? idOf(value) : value]));
  const asked = drafts.map((one, index): Asked => {
    const at = { id: `changes.${index}.id`, body: `changes.${index}.record` };
    if (one.do === 'create')
      return { do: 'create', kind: one.kind, id: one.ref === null ? ulid() : idOf(one.ref), record: named(one.body), at };
    if (one.do === 'change') return { do: 'change', kind: one.kind, id: one.id, version: one.version, patch: one.body, at };
    return { do: 'delete', kind: one.kind, id: one.id, version: one.version, at };
  });
  return { asked };
}

const isRef = (value: unknown): value is string => typeof value === 'string' && /^(?:person|project):/.test(value);

const digestOf = (drafts: readonly Draft[]): string =>
  createHash('sha256')
    .update(JSON.stringify(drafts.map(({ words: _words, was: _was, byHand: _byHand, place: _place, ...one }) => one)))
    .digest('base64url');

/** Errors of records as faults of the cells that they came from. */
function faultsOf(error: InvalidInput, drafts: readonly Draft[]): SheetMoveRead['faults'] {
  return error.errors.map(({ path, message }) => {
    const one = drafts[Number(/^changes\.(\d+)\./.exec(path)?.[1] ?? -1)];
    const place = { row: one?.place?.row ?? null, column: one?.place?.column ?? null };
    return { ...place, message: one ? `${one.words}: ${message}` : message };
  });
}

const atCells = (error: InvalidInput, drafts: readonly Draft[]): InvalidInput => {
  const faults = faultsOf(error, drafts).map(({ row, column, message }) => ({
    path: row === null ? '' : `rows.${row}.${column}`,
    message,
  }));
  return new InvalidInput('sheet-not-ready', faults[0]?.message ?? error.message, faults);
};

const sheetKinds = new Set<string>(['person', 'project', 'assignment', 'timeOff']);
const changesIn = ({ entry }: Entry<ChangeSet>) =>
  entry.changes
    .filter(({ kind }) => sheetKinds.has(kind))
    .map(({ kind, before, after }) => ({
      kind: kind as SheetChange['kind'],
      do: before === null ? ('create' as const) : after === null ? ('delete' as const) : ('change' as const),
    }));

function countsOf(some: readonly Pick<SheetChange, 'do' | 'kind'>[]): SheetMoveRead['counts'] {
  const counts = new Map<string, SheetMoveRead['counts'][number]>();
  for (const { do: what, kind } of some) {
    const key = `${what} ${kind}`;
    counts.set(key, { do: what, kind, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

function told(
  traced: TracedReading,
  matched: Matched,
  ledger: Ledger,
  deciding: () => ReturnType<typeof decisionContextOf>,
): SheetMoveRead {
  const { drafts } = matched;
  const faults: SheetMoveRead['faults'] = matched.faults.map((message) => ({ row: null, column: null, message }));
  let broken: readonly BrokenRule[] = [];
  if (drafts.length > mostChanges) faults.push({ row: null, column: null, message: tooMany(drafts.length) });
  else if (drafts.length > 0) {
    try {
      const context = deciding();
      broken = weigh(ledger, draft(ledger, askedOf(drafts).asked, context.actor), context).broken;
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      faults.push(...faultsOf(error, drafts));
    }
  }
  const windows = windowsOf(traced);
  const [first, last] = [windows[0], windows.at(-1)];
  const weeks = new Map(traced.weeks);
  const { state } = ledger;
  const hoursHere = (id: string | undefined) => {
    const kept = id === undefined ? undefined : state.person.get(id)?.record;
    return kept && first ? hoursOf(kept, first.from).reduce((sum, one) => sum + one, 0) : null;
  };
  const spans = new Map(drafts.flatMap((one) => (one.kind === 'project' && one.do === 'create' ? [[one.ref, one.body] as const] : [])));
  return {
    reading: traced.reading,
    grid: traced.grid,
    range: first && last ? { from: isoDay(first.from), to: isoDay(last.to) } : null,
    people: matched.people.map(({ key, isAmbiguous: _, ...who }) => ({
      ...{ ...who, near: [...who.near], nearNames: [...who.nearNames] },
      ...{ hours: weeks.get(key)?.hours ?? null, hoursHere: hoursHere(who.here?.id) },
    })),
    projects: matched.projects.map(({ key, isAmbiguous: _, ...who }) => {
      const made = spans.get(`project:${key}`) as { from: string; to: string | null } | undefined;
      const kept = who.here ? state.project.get(who.here.id)?.record : undefined;
      const { from = null, to = null } = made ?? kept ?? {};
      return { ...who, near: [...who.near], nearNames: [...who.nearNames], from, to };
    }),
    pairs: matched.pairs.map((pair) => ({ ...pair, roles: [...pair.roles] })),
    changes: drafts.map((one) => ({
      ...{ do: one.do, kind: one.kind, id: one.do === 'create' ? null : one.id, words: one.words, was: one.was, byHand: one.byHand },
      ...{ row: one.place?.row ?? null, column: one.place?.column ?? null },
    })),
    counts: countsOf(drafts),
    most: mostChanges,
    missing: [...matched.missing],
    kept: [...matched.kept],
    broken: broken.slice(0, mostBroken),
    brokenCount: broken.length,
    faults,
    digest: digestOf(drafts),
  };
}
