import { readFileSync } from 'node:fs';
import type { RecordKind } from '@sidekick/contracts';
import { commandsOf, idsOf, type PlanCase, PlanFile, planRequestOf } from '@sidekick/staffing/cases';
import { type MadeUpGroup, madeUpGroup } from '@sidekick/staffing/plan/made-up';
import { emptyState, type State } from '@sidekick/staffing/state';

/** A group to be planned, and what is known of its best plan. */
export interface BenchGroup extends MadeUpGroup {
  readonly name: string;
  /** The first `proven` goals of it are the best there are. */
  readonly known: { readonly vector: readonly number[]; readonly proven: number } | null;
}

function groupOf(one: PlanCase): BenchGroup {
  const ids = idsOf(one.input);
  const lists = new Map<RecordKind, Map<string, unknown>>();
  for (const { kind, id, record } of commandsOf(one.input, ids)) {
    const own = lists.get(kind) ?? new Map<string, unknown>();
    lists.set(kind, own.set(id, { record: { accepted: [], sample: false, ...record, id }, version: 1 }));
  }
  const state = { ...emptyState, ...Object.fromEntries(lists), head: 1 } as State;
  const { expected } = one;
  const known = expected && 'vector' in expected ? { vector: expected.vector, proven: expected.proven ?? 4 } : null;
  return { name: one.id, state, request: planRequestOf(one, ids, 60), asOf: one.input.asOf, known };
}

/** The groups of a file of the form that `npm run plan` takes, but for those whose locks cannot hold. */
export const groupsIn = (file: string): BenchGroup[] =>
  PlanFile.parse(JSON.parse(readFileSync(file, 'utf8')))
    .map(groupOf)
    .filter(({ known }) => known !== null);

const madeUpSizes = [
  { people: 9, projects: 8, weeks: 16 },
  { people: 12, projects: 10, weeks: 26 },
  { people: 15, projects: 12, weeks: 26 },
  { people: 30, projects: 40, weeks: 26 },
  { people: 60, projects: 80, weeks: 26 },
  { people: 120, projects: 160, weeks: 26 },
];

/** Made-up groups of the sizes that are promised something. */
export const madeUpGroups = (): BenchGroup[] =>
  madeUpSizes.map((size, at) => ({ ...madeUpGroup(at + 1, size), name: `made up ${at + 1}`, known: null }));
