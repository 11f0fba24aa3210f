import { listOf, nameKey, type Owner, PageSummary, PageView, type PersonView } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiProblem, ask, askAll } from '../../api/ask.ts';
import { wordsOf } from '../../staffing/changes.ts';
import { usePatchPage } from '../handbook/index.ts';

/** What became of a page that was to be handed over. */
export type Outcome =
  | { readonly did: 'moved' | 'gone' | 'under-way' }
  /** Somebody else took the owner away meanwhile: whose it is now. */
  | { readonly did: 'theirs'; readonly owners: readonly Owner[] }
  | { readonly did: 'failed'; readonly words: string };

/** Pages name people by id; what was imported may name them by word. */
const isOwner = ({ id, private: { name } }: PersonView, owner: Owner): boolean => owner.id === id || nameKey(owner.id) === nameKey(name);

/** Pages that a person owns, by title. */
export function usePagesOf(person: PersonView) {
  const query = useQuery({
    queryKey: ['content', 'pages', 'all'],
    queryFn: ({ signal }) => askAll(listOf(PageSummary), '/pages', {}, signal),
  });
  const pages = query.data?.filter(({ owners }) => owners.some((owner) => isOwner(person, owner)));
  pages?.sort((a, b) => a.title.localeCompare(b.title) || (a.id < b.id ? -1 : 1));
  return { pages, error: query.error, retry: () => void query.refetch() };
}

/** Nobody owns it in their place. */
export const nobody = 'nobody';
/** Often enough: each lost race is somebody's save of the same page. */
const most = 4;

type Page = Pick<PageSummary, 'id' | 'version' | 'owners'>;

/** Puts another owner, or none, in the place of one, over whatever others saved meanwhile. Safe to repeat. */
async function handOver(page: Page, person: PersonView, to: string, patchPage: ReturnType<typeof usePatchPage>): Promise<Outcome> {
  let now = page;
  for (let tries = 1; ; tries++) {
    try {
      const next: Owner[] = to === nobody ? [] : [{ type: 'person', id: to }];
      await patchPage(now, { owners: now.owners.flatMap((owner) => (isOwner(person, owner) ? next : [owner])) });
      return { did: 'moved' };
    } catch (error) {
      const status = error instanceof ApiProblem ? error.status : 0;
      if (status === 404) return { did: 'gone' };
      if (status !== 412 || tries === most) return { did: 'failed', words: wordsOf(error) };
    }
    try {
      now = await ask(PageView, `/pages/${page.id}`);
    } catch (error) {
      return error instanceof ApiProblem && error.status === 404 ? { did: 'gone' } : { did: 'failed', words: wordsOf(error) };
    }
    if (!now.owners.some((owner) => isOwner(person, owner))) return { did: 'theirs', owners: now.owners };
  }
}

/** Hands pages over one after another and keeps what became of each, which `onOutcome` is told as well. */
export function useHandingOver(person: PersonView, onOutcome: (page: Page, outcome: Outcome) => void) {
  const patchPage = usePatchPage();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const known = useRef(outcomes);
  const tell = (id: string, outcome: Outcome) => {
    known.current = new Map(known.current).set(id, outcome);
    setOutcomes(known.current);
  };
  const run = async (pages: readonly (Page & { to: string })[]): Promise<ReadonlyMap<string, Outcome>> => {
    for (const page of pages) {
      tell(page.id, { did: 'under-way' });
      const outcome = await handOver(page, person, page.to, patchPage);
      tell(page.id, outcome);
      onOutcome(page, outcome);
    }
    return known.current;
  };
  const isBusy = [...outcomes.values()].some(({ did }) => did === 'under-way');
  return { outcomes, run, isBusy };
}
