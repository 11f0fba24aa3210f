import type { ChangesSince, FollowQuery, Identity, RecordKind } from '@sidekick/contracts';
import type { Entry } from '@sidekick/store';
import { mayRead } from '../access/rights.ts';
import { viewFor } from '../access/view.ts';
import { isThereFor, listedChangeSet, readNumbers } from '../changes/history.ts';
import { figuresAt } from '../figures/index.ts';
import type { ChangeSet } from '../log/change-set.ts';
import { kindOf } from '../log/kinds.ts';
import type { Ledger } from '../log/ledger.ts';
import { cachedJson, type StaffingContext } from '../routing/context.ts';
import { recordsOf } from '../state/state.ts';
import { reasonsFor, reasonsKey } from '../timeline/reasons.ts';
import { timelineRows } from '../timeline/timeline.ts';
import { type Touched, touchedBy } from '../timeline/touched.ts';
import { listed } from './listed.ts';

/** Beyond these, whole lists and a whole timeline cost less than what changed. */
const mostSets = 100;
const mostRecords = 500;
const mostRows = 300;

/**
 * What came after a head, as this reader may see it: records as lists answer them, change sets, figures. `reset` where what is held is
 * no base for it: read in another view or at a head that is not there, too long ago, or before words were taken out of the history.
 */
export async function changesSince(context: StaffingContext, asked: FollowQuery, reader: Identity): Promise<ChangesSince> {
  const { after } = asked;
  await context.replica.reach(after, 0);
  const ledger = context.replica.current();
  const { head } = ledger.state;
  const at = { head, view: viewFor(context.epoch(), reader) };
  const reset = { ...at, reset: true } as const;
  if (asked.view !== at.view || after > head || head - after > mostSets || touchedMany(ledger, after)) return reset;
  const sets = head === after ? [] : await context.log.read(after, head - after);
  const changes = sets.flatMap(({ entry }) => entry.changes);
  if (sets.some(({ entry }) => entry.redacts)) return reset;
  const touched = touchedBy(changes, ledger.state);
  const records = recordsTouched(ledger, sets, touched);
  if (records.size > mostRecords) return reset;
  return {
    ...at,
    reset: false,
    items: [...records].flatMap(([id, kind]) => {
      if (!mayRead(reader, kind)) return [];
      const kept = recordsOf(ledger.state, kind).get(id);
      return [{ kind, id, record: kept ? listed(kind, kept, reader, ledger.state) : null }];
    }),
    changes: sets
      .filter(({ number }) => isThereFor(reader, ledger, number))
      .map((set) => listedChangeSet(ledger, set, reader))
      .reverse(),
    standing: asked.history ? await standingOf(context, ledger, sets, { after, history: asked.history }, reader) : [],
    today: context.clock.today(),
    timeline: asked.weeks ? await rowsOf(context, ledger, touched, { after, weeks: asked.weeks }, reader) : null,
  };
}

/** Whether more records were touched since than are told; asked of memory, since a change set in the log may be large. */
function touchedMany({ history }: Ledger, after: number): boolean {
  let many = 0;
  for (const { numbers } of history.touches.values()) if ((numbers.at(-1) ?? 0) > after) many += 1;
  return many > mostRecords;
}

/** Records that lists may tell otherwise, by id: those that were changed, and leave of whoever works otherwise now, since it takes other hours. */
function recordsTouched({ state }: Ledger, sets: readonly Entry<ChangeSet>[], { patterns }: Touched): Map<string, RecordKind> {
  const records = new Map(sets.flatMap(({ entry }) => entry.changes.map(({ id, kind }) => [id, kind] as const)));
  if (patterns.size > 0) {
    for (const { record } of state.timeOff.values()) if (patterns.has(record.person)) records.set(record.id, 'timeOff');
  }
  return records;
}

/**
 * What is to be said anew of change sets up to `after`, among the newest `history`: of those that touched a record which came to be
 * touched again; and of all of them where it is one that others name, for that changes sentences and what can be taken back.
 */
async function standingOf(
  context: StaffingContext,
  ledger: Ledger,
  sets: readonly Entry<ChangeSet>[],
  { after, history }: { after: number; history: number },
  reader: Identity,
) {
  const first = oldestOf(ledger, reader, history);
  const changes = sets.flatMap(({ entry }) => entry.changes);
  const isNamed = changes.some(({ kind }) => kindOf(kind).called !== null);
  const numbers = isNamed
    ? Array.from({ length: Math.max(0, after - first + 1) }, (_, index) => first + index)
    : changes.flatMap(({ id }) => ledger.history.touches.get(id)?.numbers ?? []).filter((number) => number >= first && number <= after);
  const entries = await readNumbers(
    context.log,
    [...new Set(numbers)].filter((number) => isThereFor(reader, ledger, number)).sort((a, b) => b - a),
  );
  return entries.flatMap((entry) => {
    const { number, undoneBy, summary, undo } = listedChangeSet(ledger, entry, reader);
    return [{ number, undoneBy, summary, ...(undo ? { undo } : {}) }];
  });
}

/** The number of the last of the newest so many change sets that are there for this reader. */
function oldestOf(ledger: Ledger, reader: Identity, many: number): number {
  let [number, left] = [ledger.state.head + 1, many];
  while (number > 1 && left > 0) {
    number -= 1;
    if (isThereFor(reader, ledger, number)) left -= 1;
  }
  return number;
}

/** The rows of a timeline that may differ, computed once for all who have the same on screen; null where they are too many. */
async function rowsOf(
  context: StaffingContext,
  { state }: Ledger,
  touched: Touched,
  { after, weeks }: { after: number; weeks: string },
  reader: Identity,
) {
  if (touched.people.size + touched.projects.size + touched.assignments.size > mostRows) return null;
  const [from = '', to = '', day] = weeks.split('/');
  const by = day ? 'day' : 'week';
  const reasons = reasonsFor(reader, state);
  const compute = () => timelineRows(figuresAt(state), { from, to, by }, context.clock.today(), reasons, touched);
  return JSON.parse(await cachedJson(context, state.head, `rows:${after}:${from}:${to}:${by}:${reasonsKey(reasons)}`, compute));
}
