import { OwnView, type SavedView } from '@sidekick/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { ApiProblem, ask, becameOf, bodyOf, tell } from '../../api/ask.ts';
import { useOnlyMe, useStillMe } from '../../app/session.tsx';
import { ulid } from '../../app/ulid.ts';
import { useSave, wordsOf } from '../../staffing/changes.ts';
import { followingOf } from '../../staffing/following.ts';
import { fieldError } from '../../staffing/guarded-save.ts';
import { isolated } from '../../staffing/people-names.ts';
import { speak } from '../../staffing/speak.ts';
import { toast } from '../../ui/toast.tsx';
import { ownViewsKey, type Saved } from './views.ts';

type New = Pick<Saved, 'id' | 'name' | 'query' | 'shared'>;

/** Saving, changing and removing views: one's own with the account, everybody's as a change set. Each throws ApiProblem. */
export function useViewWrites(screen: string) {
  const client = useQueryClient();
  const save = useSave();
  const onlyMe = useOnlyMe();
  const stillMe = useStillMe();
  /** What the answer of a write to an own view stands for is read anew; what others changed too. */
  const again = useCallback(() => client.invalidateQueries({ queryKey: ownViewsKey }), [client]);
  const own = useCallback(
    async (id: string, body: Pick<SavedView, 'name' | 'query'>, version: number | null) => {
      onlyMe();
      const sent = { method: 'PUT', body: bodyOf('putOwnView', { screen, ...body }) } as const;
      const at = version === null ? { ...sent, create: true } : { ...sent, version };
      return (await ask(OwnView, `/me/views/${id}`, at).finally(again)).version;
    },
    [screen, onlyMe, again],
  );
  const say = useCallback(
    (said: string, run?: () => void) => {
      if (!stillMe()) return;
      toast(said, run ? { action: { label: 'Undo', run } } : {});
      speak(said);
    },
    [stillMe],
  );
  const make = useCallback(
    async ({ id, name, query, shared }: New) => {
      const said = `Saved the view “${isolated(name.trim())}”`;
      if (shared) {
        const record = { name, screen, query };
        await save({ commands: [{ do: 'create', kind: 'view', id, record }], said }, ulid());
        return;
      }
      await own(id, { name, query }, null);
      say(said);
    },
    [screen, save, own, say],
  );
  /** Over the version of the view that is given; answers the one that it is by then. */
  const change = useCallback(
    async (view: Saved, patch: Partial<Pick<Saved, 'name' | 'query'>>): Promise<number> => {
      const said =
        patch.name === undefined
          ? `Saved over the view “${isolated(view.name)}”`
          : `The view is called “${isolated(patch.name.trim())}” now`;
      if (view.shared) {
        const command = { do: 'change', kind: 'view', id: view.id, version: view.version, patch } as const;
        const saved = save({ commands: [command], said }, ulid()).catch((error: unknown) => {
          if (error instanceof ApiProblem && error.status === 412) void followingOf(client).catchUp();
          throw error;
        });
        return (await saved).number;
      }
      const version = await own(view.id, { name: view.name, query: view.query, ...patch }, view.version);
      say(said);
      return version;
    },
    [client, save, own, say],
  );
  const remove = useCallback(
    async (view: Saved) => {
      const said = `Removed the view “${isolated(view.name)}”`;
      if (view.shared) {
        await save({ commands: [{ do: 'delete', kind: 'view', id: view.id, version: view.version }], said }, ulid());
        return;
      }
      onlyMe();
      await tell(`/me/views/${view.id}`, { method: 'DELETE', version: view.version }).finally(again);
      const back = async () => {
        try {
          // The id of what was removed is never given again.
          await own(ulid(), { name: view.name, query: view.query }, null);
          say(`Undone: ${said}`);
        } catch (error) {
          toast(becameOf(error, 'Not undone', 'it was undone'), { tone: 'bad', detail: wordsOf(error) });
        }
      };
      say(said, () => void back());
    },
    [save, onlyMe, again, own, say],
  );
  return { make, change, remove };
}

/** Whether somebody else wrote first. */
export const isStale = (error: unknown): boolean => error instanceof ApiProblem && error.status === 412;

/** What is wrong with the name, as either place says it. */
export const nameError = (error: Error | null): string | null =>
  fieldError(error, 'name') ?? (error instanceof ApiProblem ? (error.at('name') ?? null) : null);
