import { FeedAnswer, type FeedCreate, FeedView, listOf } from '@sidekick/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, ask, bodyOf, tell } from '../../api/ask.ts';

const feedsKey = ['gateway', 'feeds'] as const;

/** Own calendar feeds, at most 100 and so one answer; their addresses are shown once, when they are made. */
export const useFeeds = () =>
  useQuery({ queryKey: feedsKey, queryFn: async ({ signal }) => (await ask(listOf(FeedView), '/me/feeds', { signal })).items });

/** Makes a feed, gives it another address, ends it. */
export function useFeedDeeds() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: feedsKey });
  const make = useMutation<FeedAnswer, ApiProblem, FeedCreate>({
    mutationFn: (what) => ask(FeedAnswer, '/me/feeds', { method: 'POST', body: bodyOf('createFeed', what) }),
    onSettled,
  });
  const renew = useMutation<FeedAnswer, ApiProblem, FeedView>({
    mutationFn: ({ id }) => ask(FeedAnswer, `/me/feeds/${id}/address`, { method: 'POST' }),
    onSettled,
  });
  const end = useMutation<void, ApiProblem, FeedView>({ mutationFn: ({ id }) => tell(`/me/feeds/${id}`, { method: 'DELETE' }), onSettled });
  return { make, renew, end };
}
