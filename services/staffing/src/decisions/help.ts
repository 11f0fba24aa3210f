import { hoursWords } from '@sidekick/calendar';
import { whoCouldTake } from '../candidates/candidates.ts';
import type { Slot } from '../candidates/rules.ts';
import type { Outlook } from './outlook.ts';

/** `Ana could: 12 h free in the fullest week, 1 more could`, of whoever is first in the order of candidates; undefined where nobody could. */
export const couldWords = (outlook: Outlook, slot: Slot, fullest = 'the fullest week'): string | undefined => {
  const [best, ...others] = whoCouldTake(slot, outlook.freeHours);
  if (!best) return undefined;
  const more = others.length > 0 ? `, ${others.length} more could` : '';
  return `${outlook.shortName(best.person.id)} could: ${hoursWords(Math.max(0, best.leastFree))} free in ${fullest}${more}`;
};
