import { listOf, SourceRemoval, SourceView } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import { mayRemoveSources } from '../access/rights.ts';
import { editedHere } from '../pages/imported.ts';
import type { StoredPage } from '../pages/page.ts';
import { deletePage } from '../writing/edit.ts';
import type { ImportContent } from './imports.ts';

const key = z.object({ key: z.string().min(1).max(200) });

/** Pages come from sources by import, or are made with a source named, as the sample is. */
export function sourceRoutes(content: ImportContent): Route[] {
  const { replica, sources } = content;
  const pagesOf = async (source: string): Promise<StoredPage[]> => {
    await replica.refresh();
    return replica.all().filter(({ doc }) => doc.source === source);
  };
  return [
    route({
      method: 'get',
      path: '/sources',
      operation: 'listSources',
      summary: 'Where pages are imported from',
      access: 'signed-in',
      answers: { 200: listOf(SourceView) },
      handle: async () => {
        await replica.refresh();
        const counts = new Map<string, number>();
        for (const { doc } of replica.all())
          if (doc.source !== null && doc.status !== 'archived') counts.set(doc.source, (counts.get(doc.source) ?? 0) + 1);
        const items = await Promise.all(
          [...counts].map(async ([name, pages]) => {
            const known = (await sources.byKey(`source:${name}`))?.doc;
            return { key: name, into: known?.into ?? '', pages, lastImportAt: known?.lastImportAt ?? null };
          }),
        );
        return { status: 200, body: { items: items.sort((a, b) => (a.key < b.key ? -1 : 1)), nextCursor: null } };
      },
    }),
    route({
      method: 'get',
      path: '/sources/{key}',
      operation: 'readSource',
      summary: 'How many pages removing a source would remove, and which of them were edited here',
      access: 'signed-in',
      params: key,
      answers: { 200: SourceRemoval },
      handle: async ({ params }) => ({ status: 200, body: summary(await pagesOf(params.key)) }),
    }),
    route({
      method: 'delete',
      path: '/sources/{key}',
      operation: 'deleteSource',
      summary: 'Deletes all pages of a source',
      access: mayRemoveSources,
      params: key,
      answers: { 200: SourceRemoval },
      problems: [412],
      handle: async ({ params }) => {
        const pages = await pagesOf(params.key);
        const body = summary(pages);
        for (const { doc } of pages) {
          // Those below a deleted page have changed with it.
          const now = replica.get(doc._id);
          if (now) await deletePage(content, now);
        }
        await forget(content, params.key);
        return { status: 200, body };
      },
    }),
  ];
}

function summary(pages: readonly StoredPage[]): SourceRemoval {
  const edited = pages.filter(({ doc, version }) => (doc.imported ? editedHere(doc) : version > 1));
  return { removed: pages.length, editedHere: edited.map(({ doc }) => ({ path: doc.path, title: doc.title })) };
}

async function forget({ sources, sourceFiles }: ImportContent, source: string): Promise<void> {
  for (;;) {
    const { items } = await sourceFiles.query({ index: 'by-source', equals: { source }, limit: 200 });
    if (items.length === 0) break;
    await sourceFiles.writeMany(items.map((old) => ({ do: 'remove' as const, old })));
  }
  const known = await sources.byKey(`source:${source}`);
  if (known) await sources.remove(known);
}
