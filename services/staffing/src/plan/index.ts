export { checkPlan, type Judgement } from './check.ts';
export { type ChoiceTerms, termsOf, type WhyNot, whyNot } from './explain.ts';
export { greedyPlan } from './greedy.ts';
export type { PlanError } from './locks.ts';
export { type PlanChoice, planOf } from './outcome.ts';
export { type PlanLock, type PlanProblem, type PlanRequest, problemOf } from './problem.ts';
export { type PlanOutcome, type PlanProgress, type PlanVector, type SolveOptions, solvePlan } from './solve.ts';
export { stepsOf, vectorOf } from './vector.ts';
