export { compare, inNeutralWords } from './difference.ts';
export { commandsOf, idsOf, type NeutralCase, NeutralFile, questionOf } from './neutral.ts';
export { judge, type PlanCase, PlanFile, type PlayedPlan, planRequestOf } from './plan-file.ts';
