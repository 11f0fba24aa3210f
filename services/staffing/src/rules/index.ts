import type { BrokenRule } from '@sidekick/contracts';
import { freelanceLead } from './freelance-lead.ts';
import { jointAbsence } from './joint-absence.ts';
import { oddLeave } from './leave.ts';
import { hoursFreed, hoursTentative } from './lost-and-won.ts';
import { amountsInOtherUnits } from './other-units.ts';
import { outsideContract, outsideProject } from './outside.ts';
import { overAllocated } from './over-allocated.ts';
import type { Rule, Scope } from './scope.ts';
import { sidekickLeads } from './sidekick-leads.ts';

const rules: readonly Rule[] = [
  sidekickLeads,
  overAllocated,
  outsideContract,
  outsideProject,
  jointAbsence,
  freelanceLead,
  oddLeave,
  hoursFreed,
  hoursTentative,
  amountsInOtherUnits,
];

/** Every rule that the change set newly breaks or makes worse; what was broken before and stays so is not told again. */
export const brokenRules = (scope: Scope): BrokenRule[] => rules.flatMap((rule) => rule(scope));
