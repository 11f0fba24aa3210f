import type { PlanError } from '@sidekick/contracts';
import type { PlanError as Broken } from '../plan/locks.ts';

const words: { readonly [R in PlanError['rule']]: string } = {
  P1: 'A locked week is no gap: it is covered already, or the project needs no sidekick then',
  P2: 'Somebody is locked to a project that they lead or back up already, are kept out of, or lack a required skill for',
  P4: 'Somebody is locked to a week that they would not make covered',
  P5: 'The locks take more hours from somebody than are left',
  P6: 'The locks make somebody sidekick of more projects at once than the rules allow',
  P7: 'No plan keeps all of the locks: somebody would stay for fewer weeks than the rules ask, or a goal has no room',
  P8: 'The locks put more different people on a project than the rules allow',
  P9: 'Two people are locked to the same week of a project',
};

/** A rule that locks break, as the API tells it. */
export const errorView = ({ rule, person, project, week }: Broken): PlanError => ({ rule, message: words[rule], person, project, week });
