import { listOf, nameKey, type Owner, PageSummary, PageView, type PersonView } from '@sidekick/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiProblem, ask, askAll } from '../../api/ask.ts';
import { wordsOf } from '../../staffing/changes.ts';
import { usePatchPage } from '../handbook/index.ts';

/** What became of a page that was to be handed over. */
export type Outcome =
  | { readonly did: 'moved' | 'gone' | 'under-way' | 'stopped' }
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

/** Pages that are written at once: what a handbook of hundreds takes is waited for, and others go on writing. */
const atOnce = 4;

/** Whether a page is still theirs by this outcome, so that it is tried again. */
export const isLeft = (outcome: Outcome | undefined): boolean => outcome?.did === 'failed' || outcome?.did === 'stopped';

/** Hands pages over, a few at once, and keeps what became of each, which `onOutcome` is told as well. What is not begun as it is stopped stays as it is. */
export function useHandingOver(person: PersonView, onOutcome: (page: Page, outcome: Outcome) => void) {
  const patchPage = usePatchPage(true);
  const client = useQueryClient();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [isBusy, setBusy] = useState(false);
  const known = useRef(outcomes);
  const stopped = useRef(false);
  const tell = (entries: readonly (readonly [string, Outcome])[]) => {
    known.current = new Map([...known.current, ...entries]);
    setOutcomes(known.current);
  };
  const run = async (pages: readonly (Page & { to: string })[]): Promise<ReadonlyMap<string, Outcome>> => {
    const waiting = [...pages];
    stopped.current = false;
    setBusy(true);
    tell(pages.map(({ id }) => [id, { did: 'under-way' }]));
    const work = async () => {
      for (let page = waiting.shift(); page; page = waiting.shift()) {
        const outcome: Outcome = stopped.current ? { did: 'stopped' } : await handOver(page, person, page.to, patchPage);
        tell([[page.id, outcome]]);
        onOutcome(page, outcome);
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, pages.length) }, work));
    setBusy(false);
    void client.invalidateQueries({ queryKey: ['content'] });
    return known.current;
  };
  const stop = () => {
    stopped.current = true;
  };
  return { outcomes, run, stop, isBusy };
}
