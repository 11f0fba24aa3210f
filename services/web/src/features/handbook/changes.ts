import { type PagePatch, PageView } from '@sidekick/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { ask, becameOf, bodyOf, undoFailed } from '../../api/ask.ts';
import { useOnlyMe, useStillMe, useToast } from '../../app/session.tsx';
import { pageKey } from './keys.ts';

/**
 * Writes a patch of the version that was read and refetches what shows it, or, one of many, only what is shown next (`later`): whoever
 * writes them asks again at their end. Throws ApiProblem, 412 for a lost race.
 */
export function usePatchPage(later = false): (page: { id: string; version: number }, patch: PagePatch) => Promise<PageView> {
  const client = useQueryClient();
  const stillMe = useStillMe();
  const onlyMe = useOnlyMe();
  return useCallback(
    async ({ id, version }, patch) => {
      onlyMe();
      const saved = await ask(PageView, `/pages/${id}`, { method: 'PATCH', version, body: bodyOf('editPage', patch) });
      // What one account may read is not put before the next.
      if (stillMe()) client.setQueryData(pageKey(saved.path), saved);
      void client.invalidateQueries({ queryKey: ['content'], ...(later ? { refetchType: 'none' as const } : {}) });
      return saved;
    },
    [client, stillMe, onlyMe, later],
  );
}

/** A one-click change with Undo in a toast; a failure is said in a toast too. Answers whether it was made. */
export function useQuickChange(): (page: PageView, patch: PagePatch, back: PagePatch, said: string) => Promise<boolean> {
  const patchPage = usePatchPage();
  const toast = useToast();
  return async (page, patch, back, said) => {
    try {
      const saved = await patchPage(page, patch);
      const undo = () =>
        patchPage(saved, back).then(
          () => toast(`Undone: ${said}`),
          (error: Error) => toast(undoFailed(error), { tone: 'bad', detail: error.message }),
        );
      toast(said, { action: { label: 'Undo', run: () => void undo() } });
      return true;
    } catch (error) {
      toast(becameOf(error, 'Nothing was changed', 'it was changed'), { tone: 'bad', detail: error instanceof Error ? error.message : '' });
      return false;
    }
  };
}

/** Puts an archived page back where it stood: into the tree and the search. */
export function useBringBack(): (page: PageView) => Promise<boolean> {
  const change = useQuickChange();
  return (page) => change(page, { status: 'published' }, { status: 'archived' }, `“${page.title}” is back`);
}
