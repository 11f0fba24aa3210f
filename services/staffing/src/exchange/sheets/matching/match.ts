import type { Draft, Kept, Missing } from './draft.ts';
import { leaveDrafts } from './leave.ts';
import type { Who } from './names.ts';
import { peopleDrafts, projectDrafts } from './new-records.ts';
import { resolve, type Sheet } from './resolved.ts';
import { windowsOf } from './standing.ts';
import { type Pair, workDrafts } from './work.ts';

export interface Matched {
  readonly people: readonly Who[];
  readonly projects: readonly Who[];
  readonly pairs: readonly Pair[];
  readonly drafts: readonly Draft[];
  readonly missing: readonly Missing[];
  readonly kept: readonly Kept[];
  readonly faults: readonly string[];
}

/** A reading as changes of what stands here. Pure: the same sheet over the same state comes to the same. */
export function match(sheet: Sheet): Matched {
  const resolved = resolve(sheet);
  const windows = windowsOf(sheet.traced);
  const work = workDrafts(sheet, resolved, windows);
  const leave = leaveDrafts(sheet, resolved, windows);
  const people = peopleDrafts(sheet, resolved, windows);
  const projects = projectDrafts(sheet, resolved, windows, work.wanted);
  return {
    people: [...resolved.people.values()],
    projects: [...resolved.projects.values()],
    pairs: work.pairs,
    drafts: [...people, ...projects, ...work.drafts, ...leave.drafts],
    missing: [...work.missing, ...leave.missing],
    kept: [...work.kept, ...leave.kept],
    faults: [...ambiguous(resolved.people, 'people'), ...ambiguous(resolved.projects, 'projects')],
  };
}

const ambiguous = (some: ReadonlyMap<string, Who>, what: 'people' | 'projects'): string[] =>
  [...some.values()].flatMap(({ name, isAmbiguous }) =>
    isAmbiguous ? [`Several ${what} here are called ${name}: say which one it is`] : [],
  );
