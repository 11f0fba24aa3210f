export { planAddress } from './rules.ts';
