import { everyRegion, regionsOf, type TimeOff } from '@sidekick/contracts';
import type { Change } from '../kinds/change.ts';
import { keyOf } from '../state/names.ts';
import type { State } from '../state/state.ts';

/** Ids of what may look otherwise on a timeline. */
export interface Touched {
  readonly people: ReadonlySet<string>;
  readonly projects: ReadonlySet<string>;
  readonly assignments: ReadonlySet<string>;
  /** People whose hours follow from another pattern, contract or holidays: of their leave, what it takes too. */
  readonly patterns: ReadonlySet<string>;
}

/**
 * Everything whose figures may have been changed by the changes that led to a state: a person's row follows from their days (pattern,
 * contract, region's holidays, approved leave) and work, a project's from its work and the days of those who do it, an assignment's
 * from its person's days and its project's state.
 */
export function touchedBy(changes: readonly Change[], after: State): Touched {
  const people = new Set<string>();
  const projects = new Set<string>();
  const assignments = new Set<string>();
  const patterns = new Set<string>();
  const away = new Set<string>();
  const regions = new Set<string>();
  const counting = new Set<string>();
  for (const change of changes) {
    const sides = [change.before, change.after].filter((side) => side !== null);
    if (change.kind === 'person') patterns.add(change.id);
    if (change.kind === 'project') {
      projects.add(change.id);
      if (change.before?.state !== change.after?.state) counting.add(change.id);
    }
    if (change.kind === 'timeOff') for (const side of sides as TimeOff[]) if (side.state === 'approved') away.add(side.person);
    if (change.kind === 'holiday') for (const side of sides as { region: string }[]) regions.add(keyOf(side.region));
    if (change.kind === 'assignment') {
      assignments.add(change.id);
      for (const side of sides as { person: string; project: string }[]) {
        people.add(side.person);
        projects.add(side.project);
      }
    }
  }
  if (regions.size > 0) {
    const isEverybody = regions.has(keyOf(everyRegion));
    for (const { record } of after.person.values())
      if (isEverybody || regionsOf(record).some(({ region }) => region !== null && regions.has(keyOf(region)))) patterns.add(record.id);
  }
  for (const person of [...patterns, ...away]) people.add(person);
  if (patterns.size + away.size + counting.size > 0) {
    for (const { record } of after.assignment.values()) {
      const isOtherDays = patterns.has(record.person) || away.has(record.person);
      if (!isOtherDays && !counting.has(record.project)) continue;
      assignments.add(record.id);
      people.add(record.person);
      if (isOtherDays) projects.add(record.project);
    }
  }
  return { people, projects, assignments, patterns };
}
