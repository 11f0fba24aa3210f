import type { Records } from './bars.ts';
import { choiceWords } from './filter-choices.tsx';
import { peopleWords } from './people-asked.ts';
import { hidesTentative } from './tentative.ts';

/** What the rows are narrowed to, in words; null for all of them. */
export function filterWords(params: URLSearchParams, by: 'project' | 'person', records: Records | undefined): string | null {
  const words = [
    params.get('q') && `“${params.get('q')}”`,
    params.has('gaps') && (by === 'project' ? 'only with gaps or an open lead' : 'only over capacity'),
    params.has('mine') && 'only mine',
    params.has('team') && by === 'person' && 'one team',
    ...choiceWords(params, by),
    ...peopleWords(params, records?.people.values() ?? []),
    hidesTentative(params) && 'without proposals and tentative work',
  ].filter(Boolean);
  return words.length === 0 ? null : `Filter: ${words.join(', ')}`;
}
