import type { Blobs } from '@sidekick/blobs';
import type { Cache } from '@sidekick/cache';
import type { Clock } from '@sidekick/service-kit';
import type { Collection, Store } from '@sidekick/store';
import { files, type StoredFile } from './attachments/file.ts';
import { type Import, imports } from './imports/imports.ts';
import { type Page, pages } from './pages/page.ts';
import { type RemoteImages, remoteImages } from './pages/remote-images.ts';
import { type Removals, removals } from './pages/removal.ts';
import { createSite, type Site } from './pages/site.ts';
import { createRendering, type Rendering } from './rendering/rendering.ts';
import { type RecentRevisions, recentRevisions } from './revisions/recent.ts';
import { type Revision, revisions } from './revisions/revision.ts';
import { type Source, type SourceFile, type SourceVersionNote, sourceFiles, sources, sourceVersions } from './sources/sources.ts';

/** What every feature of this service works on. */
export interface Content {
  pages: Collection<Page, 'by-touched'>;
  removals: Removals;
  revisions: Collection<Revision, 'by-page'>;
  recent: RecentRevisions;
  imports: Collection<Import, 'by-id' | 'by-state'>;
  sources: Collection<Source, 'by-key'>;
  sourceFiles: Collection<SourceFile, 'by-source'>;
  sourceVersions: Collection<SourceVersionNote, 'by-source'>;
  /** Every file by the hash of its bytes. */
  files: Collection<StoredFile, 'by-id'>;
  blobs: Blobs;
  images: RemoteImages;
  site: Site;
  rendering: Rendering;
  clock: Clock;
  epoch(): Promise<string>;
}

/** `imageHosts`: whose pictures pages may show. `shared`: other processes write to the store too. */
export function openContent({
  store,
  blobs,
  cache,
  clock,
  imageHosts = [],
  rendering = createRendering(),
  shared = true,
}: {
  store: Store;
  blobs: Blobs;
  cache: Cache;
  clock: Clock;
  imageHosts?: readonly string[];
  rendering?: Rendering;
  shared?: boolean;
}): Content {
  const all = store.collection(pages);
  const notes = store.collection(removals);
  const bodies = store.collection(revisions);
  return {
    pages: all,
    removals: notes,
    revisions: bodies,
    recent: recentRevisions(bodies),
    imports: store.collection(imports),
    sources: store.collection(sources),
    sourceFiles: store.collection(sourceFiles),
    sourceVersions: store.collection(sourceVersions),
    files: store.collection(files),
    blobs,
    images: remoteImages(imageHosts),
    site: createSite({ pages: all, removals: notes, cache, shared }),
    rendering,
    clock,
    epoch: () => store.epoch(),
  };
}
