import type { Span } from '@sidekick/calendar';
import type { PersonBook, ProjectBook } from '../books/books.ts';
import { epsilon } from '../books/days.ts';
import { remainingIn } from '../capacity/capacity.ts';
import { workIn } from '../capacity/work.ts';

const hoursOf = ({ work }: ProjectBook, person: string, what: 'planned' | 'effective', span: Span): number => {
  let total = 0;
  for (const item of work) {
    if (item.assignment.person === person && item.counts === 'confirmed') total += workIn(item, what, span);
  }
  return total;
};

/**
 * min(1, max(0, sidekick's effective hours on the project + sidekick's remaining) ÷ lead's planned hours on it), roles ignored;
 * planned, since the question matters when the lead is away. null when the lead has none planned (A23).
 */
export const takeoverOf = (project: ProjectBook, lead: string, sidekick: PersonBook, span: Span): number | null => {
  const planned = hoursOf(project, lead, 'planned', span);
  if (planned <= epsilon) return null;
  const free = hoursOf(project, sidekick.days.person.id, 'effective', span) + remainingIn(sidekick, span);
  return Math.min(1, Math.max(0, free) / planned);
};
