import { ImportView, listOf } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { ask, askAll } from '../../api/ask.ts';
import { onForget } from '../../app/forget.ts';

/** Milliseconds between two looks at an import that runs. */
const look = 400;

export interface Settings {
  source: string;
  into: string;
  public: boolean;
  archive: boolean;
  /** A folder of this computer, so that paths begin at the top of the source. */
  rooted: boolean;
  without: readonly string[];
}

/** What was sent from this tab, by import: a question about it can be answered without choosing the folder again. */
const sent = new Map<string, { zip: Blob; settings: Settings }>();
onForget(() => sent.clear());
export const sentBefore = (id: string): { zip: Blob; settings: Settings } | undefined => sent.get(id);

/** Characters of the names that a query holds. */
const mostNames = 4_000;

/** What was sent stays here for who sent it alone: `stillMe` says whether that is who reads once the answer is there. */
export async function startImport(zip: Blob, settings: Settings, stillMe: () => boolean): Promise<ImportView> {
  const { source, into, public: isPublic, archive, rooted, without } = settings;
  const names = without.length > 0 ? without.join('\n').slice(0, mostNames) : undefined;
  const query = { source, into: into === '' ? undefined : into, public: isPublic, archive, rooted, without: names };
  const view = await ask(ImportView, '/imports', { method: 'POST', query, body: zip });
  if (!stillMe()) return view;
  sent.clear();
  sent.set(view.id, { zip, settings });
  return view;
}

const runs = ({ state }: ImportView) => state === 'waiting' || state === 'running';

/** An import; looked at again and again while it runs. */
export const useImport = (id: string) =>
  useQuery({
    queryKey: ['content', 'import', id],
    queryFn: ({ signal }) => ask(ImportView, `/imports/${id}`, { signal }),
    refetchInterval: ({ state: { data } }) => (data && runs(data) ? look : false),
  });

export const useImports = () =>
  useQuery({
    queryKey: ['content', 'imports'],
    queryFn: ({ signal }) => askAll<ImportView>(listOf(ImportView) as never, '/imports', {}, signal),
  });

const SourceView = z.object({ key: z.string(), into: z.string(), pages: z.number(), lastImportAt: z.string().nullable() });
const Sources = z.object({ items: z.array(SourceView) });
export type SourceView = z.infer<typeof SourceView>;

export const useSources = () =>
  useQuery({ queryKey: ['content', 'sources'], queryFn: ({ signal }) => ask(Sources, '/sources', { signal }) });

/** What removing a source takes away; `editedHere` were changed by hand since. */
export const SourceRemoval = z.object({ removed: z.number(), editedHere: z.array(z.object({ path: z.string(), title: z.string() })) });
export type SourceRemoval = z.infer<typeof SourceRemoval>;
