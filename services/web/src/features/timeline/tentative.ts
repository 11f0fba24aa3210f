import type { Records } from './bars.ts';
import type { Drawn } from './slice.ts';

/** Whether the address hides proposals and tentative work; all figures are of confirmed work then. */
export const hidesTentative = (params: URLSearchParams): boolean => params.get('tentative') === 'hide';

/** Figures without tentative work, which the service tells apart from the confirmed: nothing is subtracted. */
export function confirmedOnly(timeline: Drawn): Drawn {
  const none = (list: readonly number[]) => list.map(() => 0);
  return {
    ...timeline,
    confirmedOnly: true,
    people: timeline.people.map(({ days, ...one }) => ({
      ...one,
      tentative: none(one.tentative),
      ...(days ? { days: { ...days, tentative: none(days.tentative) } } : {}),
    })),
  };
}

/** The records without assignments that count as tentative; work on a proposal does, whatever was kept. */
export function confirmedRecords(records: Records, { assignments }: Drawn): Records {
  const counts = new Map(assignments.map((figure) => [figure.id, figure.counts]));
  const isConfirmed = ({ id, project, state }: Records['assignments'][number]) =>
    (counts.get(id) ?? (records.projects.get(project)?.state === 'agreed' ? state : 'tentative')) === 'confirmed';
  return { ...records, assignments: records.assignments.filter(isConfirmed) };
}
