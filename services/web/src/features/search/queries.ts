import { SearchAnswer, type SearchHit } from '@sidekick/contracts';
import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { ask } from '../../api/ask.ts';
import { sendable } from './sendable.ts';

export type HitType = SearchHit['type'];
export const hitTypes: readonly [HitType, string][] = [
  ['section', 'Sections'],
  ['person', 'People'],
  ['project', 'Projects'],
];

export interface Asked {
  q: string;
  /** Searches the words as typed. */
  exact: boolean;
  /** The last word is still being typed. */
  typing: boolean;
}

const search = ({ q, exact, typing }: Asked, type: HitType | null, limit: number) => ({
  queryKey: ['search', q, exact, typing, type, limit],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    ask(SearchAnswer, '/search', { query: { q: sendable(q).q, exact, typing, type, limit }, signal }),
  enabled: q.trim() !== '',
  placeholderData: keepPreviousData,
});

/** How many of each kind the palette shows at once. */
const fewOf: Record<HitType, number> = { section: 5, person: 3, project: 3 };

export interface Group {
  type: HitType;
  label: string;
  hits: SearchHit[];
  total: number;
}

/** The best of each kind, or the best 40 of one. The last answer stays until the next one comes. */
export function useGroups(asked: Asked, type: HitType | null) {
  const few = useQueries({ queries: type === null ? hitTypes.map(([kind]) => search(asked, kind, fewOf[kind])) : [] });
  const one = useQuery({ ...search(asked, type, 40), enabled: type !== null && asked.q.trim() !== '' });
  const answers = type === null ? few : [one];
  const kinds = hitTypes.filter(([kind]) => type === null || kind === type);
  const first = answers[0]?.data;
  const groups: Group[] = first
    ? kinds.map(([kind, label], at) => ({ type: kind, label, hits: answers[at]?.data?.items ?? [], total: first.counts[kind] }))
    : [];
  return {
    groups: groups.filter(({ hits }) => hits.length > 0),
    answer: first,
    error: answers.find(({ error }) => error)?.error ?? null,
    pending: answers.some(({ isPending, fetchStatus }) => isPending && fetchStatus === 'fetching'),
    retry: () => answers.forEach(({ refetch }) => void refetch()),
  };
}

/** The whole ranking of a results page, 20 at a time. */
export const useAllHits = (asked: Asked, type: HitType | null) =>
  useInfiniteQuery({
    queryKey: ['search', 'all', asked.q, asked.exact, type],
    queryFn: ({ pageParam, signal }) =>
      ask(SearchAnswer, '/search', { query: { q: sendable(asked.q).q, exact: asked.exact, type, limit: 20, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: asked.q.trim() !== '',
    placeholderData: keepPreviousData,
  });
