import type { Assignment, Project } from '@sidekick/contracts';
import type { State } from '../state/state.ts';

/** How work counts: that of a proposal is always tentative, that of a lost project counts nowhere, whatever was kept (DESIGN §3). */
export type Counts = 'confirmed' | 'tentative' | 'nowhere';

const countsFor = (project: Project | undefined, { state }: Assignment): Counts =>
  project?.state === 'lost' ? 'nowhere' : project?.state === 'proposal' ? 'tentative' : state;

export const countsIn = (state: State, assignment: Assignment): Counts =>
  countsFor(state.project.get(assignment.project)?.record, assignment);
