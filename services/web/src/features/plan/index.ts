export { usePlanned, useStartPlan } from './queries.ts';
export { planAddress, rulesFor } from './rules.ts';
