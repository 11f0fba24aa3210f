export { compare, inNeutralWords } from './difference.ts';
export { commandsOf, idsOf, type NeutralCase, NeutralFile, questionOf } from './neutral.ts';
