import type { AssignmentView, ProjectView, VolunteerView } from '@sidekick/contracts';
import { shortDay } from '../../staffing/format.ts';

/** Whether a person leads a project now or later, which is no place to back it up from. */
export const isLead = (assignments: readonly AssignmentView[], person: string, project: string, today: string): boolean =>
  assignments.some(
    (one) =>
      one.person === person &&
      one.project === project &&
      one.role === 'lead' &&
      one.state === 'confirmed' &&
      (one.to === null || one.to >= today),
  );

/** Why nobody can offer to back a project up; null: they can. */
export function closedWords({ state, to, policy }: ProjectView, today: string): string | null {
  if (state === 'lost') return 'the project is lost';
  if (to !== null && to < today) return 'the project is over';
  return policy === 'no-sidekick' ? 'it needs no sidekick' : null;
}

interface OfferState {
  readonly words: string;
  readonly look: 'tag' | 'tag a' | 'tag g';
}

/** What has become of an offer: the person was staffed, the project is closed, or it stands open. */
export function offerState(
  { person, project: id }: VolunteerView,
  { projects, assignments }: { projects: ReadonlyMap<string, ProjectView>; assignments: readonly AssignmentView[] },
  today: string,
): OfferState {
  const work = assignments
    .filter((one) => one.person === person && one.project === id && one.role === 'sidekick' && (one.to === null || one.to >= today))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const staffed = work.find(({ state }) => state === 'confirmed');
  if (staffed) return { words: staffed.from > today ? `sidekick from ${shortDay(staffed.from)}` : 'sidekick now', look: 'tag g' };
  if (isLead(assignments, person, id, today)) return { words: 'leads it', look: 'tag' };
  const project = projects.get(id);
  const closed = project ? closedWords(project, today) : null;
  if (closed) return { words: closed, look: 'tag' };
  return work.length > 0 ? { words: 'tentative', look: 'tag a' } : { words: 'open', look: 'tag a' };
}
