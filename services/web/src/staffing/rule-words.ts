import type { BrokenRule } from '@sidekick/contracts';

const words: Record<BrokenRule['code'], string> = {
  'sidekick-leads': 'the sidekick leads the same project in those weeks',
  'over-allocated': 'the person is over-allocated',
  'outside-contract': 'the contract does not hold all of those days',
  'outside-project': 'the project does not hold all of those days',
  'joint-absence': 'lead and sidekick are away on the same days',
  'freelance-lead': 'a freelance lead needs an employed sidekick',
  'overlapping-leave': 'leave of those days is there already',
  'leave-not-worked': 'none of those days is worked',
  'leave-over-day': 'it takes more hours than the days have',
  'hours-freed': 'hours of people fall free',
  'hours-tentative': 'work stays tentative',
  'other-units': 'amounts are kept in other units',
};

/** Accepted rules in words, for a sentence that begins with "although"; a code that this page does not know yet as it is. */
export const ruleWords = (codes: readonly string[]): string =>
  codes.map((code) => (words as Record<string, string>)[code] ?? code.replaceAll('-', ' ')).join(', and ');
