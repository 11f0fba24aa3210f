import type { Blobs } from '@sidekick/blobs';
import type { Cache } from '@sidekick/cache';
import type { Clock } from '@sidekick/service-kit';
import type { Store } from '@sidekick/store';
import { files } from './attachments/file.ts';
import { type ImportContent, imports } from './imports/imports.ts';
import { pages } from './pages/page.ts';
import { createPagesReplica } from './pages/pages-replica.ts';
import { removals } from './pages/removal.ts';
import { createRendering, type Rendering } from './rendering/rendering.ts';
import { recentRevisions } from './revisions/recent.ts';
import { revisions } from './revisions/revision.ts';
import { remoteImages } from './serving/remote-images.ts';
import { sourceFiles, sources, sourceVersions } from './sources/sources.ts';

/** All that the features of this service work on; each names what it needs of it. */
export type Content = ImportContent;

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
    replica: createPagesReplica({ pages: all, removals: notes, cache, shared }),
    rendering,
    clock,
    epoch: () => store.epoch(),
  };
}
