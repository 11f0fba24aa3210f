import { hold } from '../attachments/hold.ts';
import type { LinkPage } from '../links/link-page.ts';
import { createTargets, type Resolve } from '../links/targets.ts';
import type { Page } from '../pages/page.ts';
import { eventLoopYielder } from '../rendering/event-loop.ts';
import type { Dialect } from '../rendering/markdown.ts';
import type { RawLink } from '../rendering/sanitise.ts';
import type { Linking } from '../revisions/revise.ts';
import type { WritingContent } from './writing.ts';

/** The page whose links are meant; `imported` where it has a file in a source. */
export type LinkingPage = Pick<Page, '_id' | 'path' | 'title' | 'source' | 'imported' | 'jekyll'> & Partial<Pick<Page, 'oldPaths'>>;

/**
 * How links of a page written here are found: a page of a source stands among the files of that source, any other
 * among all pages by their paths. `keep`: the text is about to be saved, so the files it uses must stay.
 */
export async function linkingFor(content: WritingContent, page: LinkingPage, keep = true): Promise<{ linking: Linking; dialect: Dialect }> {
  const { replica, sources, revisions } = content;
  const hasFile = (hash: string) => (keep ? hold(content, hash) : content.blobs.has(hash));
  const source = page.imported && page.source !== null ? ((await sources.byKey(`source:${page.source}`))?.doc ?? null) : null;
  const from = linkPage(page, source !== null);
  const others = () =>
    replica
      .all()
      .flatMap(({ doc }) =>
        doc._id !== page._id && (!source || (doc.source === page.source && doc.imported)) ? [linkPage(doc, source !== null)] : [],
      );
  const files = source ? await filesOf(content, source.key) : new Map<string, string>();
  const anchors = new Map<string, readonly string[]>();
  const targets = () =>
    createTargets({
      pages: [from, ...others()],
      files: new Set(files.keys()),
      into: source?.into ?? '',
      baseurl: source?.baseurl ?? '',
      anchorsOf: (id) => anchors.get(id) ?? [],
      anywhere: (path) => {
        const found = replica.byPath(path)?.doc;
        return found && { id: found._id, path: found.path };
      },
    });
  let known: Resolve | undefined;
  /** Made for the first link: to go through all pages for a text without any would be most of a save. */
  const find: Resolve = (...asked) => {
    known ??= targets();
    return known(...asked);
  };
  /** A text that moved still means what it meant: what leads nowhere from here is looked for from where the page stood before. */
  const places = [from, ...(source ? [] : (page.oldPaths ?? []).slice(-mostPlaces)).map((path) => ({ ...from, path, file: fileOf(path) }))];
  const resolve = (link: RawLink) => {
    const here = find(from, link);
    if (here.to.is !== 'missing') return here;
    return places.map((place) => find(place, link)).find(({ to }) => to.is !== 'missing') ?? here;
  };
  return {
    dialect: { liquid: page.jekyll ? { repository: source?.repository ?? null, title: source?.title ?? null } : null },
    linking: {
      resolve,
      fileHash: async (file) => {
        const hash = files.get(file);
        return hash !== undefined && (await hasFile(hash)) ? hash : null;
      },
      hasFile,
      async prepare(links: readonly RawLink[], own: readonly string[]) {
        anchors.set(page._id, own);
        const ids = new Set<string>();
        const pause = eventLoopYielder();
        for (const link of links) {
          await pause();
          for (const id of ofPage(resolve(link).to)) ids.add(id);
        }
        const heads = [...ids].flatMap((id) => replica.get(id)?.doc.revision ?? []);
        for (const { doc } of await revisions.getMany(heads)) anchors.set(doc.page, doc.anchors);
      },
    },
  };
}

/** Former addresses that are tried for a link that leads nowhere. */
const mostPlaces = 5;
const fileOf = (path: string): string => `${path || 'index'}.md`;
const ofPage = (to: ReturnType<Resolve>['to']): string[] => (to.is === 'page' && to.anchor !== '' ? [to.id] : []);

function linkPage({ _id, path, title, imported }: LinkingPage, bySource: boolean): LinkPage {
  const file = bySource && imported ? imported.file : fileOf(path);
  const { address, also } = (bySource && imported) || { address: null, also: [] };
  return { id: _id, file, path, title, address, also, pretty: bySource };
}

async function filesOf({ sourceFiles }: WritingContent, source: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const page = await sourceFiles.query({ index: 'by-source', equals: { source }, limit: 200, cursor });
    for (const { doc } of page.items) files.set(doc.file, doc.hash);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return files;
}
