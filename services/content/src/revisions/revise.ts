import { monotonicFactory } from 'ulid';
import type { RawTarget, Resolved } from '../links/targets.ts';
import { eventLoopYielder } from '../rendering/event-loop.ts';
import type { Dialect } from '../rendering/markdown.ts';
import type { Rendered } from '../rendering/render.ts';
import type { Renderer } from '../rendering/rendering.ts';
import type { RawLink } from '../rendering/sanitise.ts';
import { type Link, Revision, type Target } from './revision.ts';

/** Ids of revisions of this process sort in the order they were made, also within a millisecond. */
const nextId = monotonicFactory();

/** Where links lead, with files as the hashes of their bytes. */
export interface Linking {
  /** Called once the links are known, before they are resolved; `own` are the anchors of the page itself. */
  prepare?(links: readonly RawLink[], own: readonly string[]): Promise<void>;
  resolve(link: RawLink): Resolved;
  /** Null when the bytes cannot be had. */
  fileHash(file: string): Promise<string | null>;
  /** Whether the bytes of a file that was added here are there, and stay there for the page. */
  hasFile(hash: string): Promise<boolean>;
}

export interface Draft extends Pick<Revision, 'page' | 'title' | 'body' | 'at' | 'by' | 'message' | 'origin'> {
  dialect: Dialect;
  linking: Linking;
  renderer: Renderer;
}

/** Renders a body and finds where its links lead: everything of a revision, once. Throws TooLarge, see `Renderer`. */
export async function revise({ dialect, linking, renderer, ...draft }: Draft): Promise<Revision> {
  const rendered = await renderer.render(draft.body, dialect);
  await linking.prepare?.(rendered.links, rendered.anchors);
  return compose(draft, rendered, await resolveLinks(rendered.links, linking));
}

function compose(
  draft: Omit<Draft, 'dialect' | 'linking' | 'renderer'>,
  { unknown: _unknown, ...rendered }: Rendered,
  links: Link[],
): Revision {
  return { _id: nextId(), ...draft, ...rendered, links };
}

/** One that a newer release wrote is copied without the fields that only that one knows: the store would refuse them. */
const known = Revision.strip();

/** The same body with its links found anew, e.g. after an image changed beside it. */
export const relinked = (revision: Revision, links: Link[], said: Pick<Revision, 'at' | 'by' | 'message' | 'origin'>): Revision => ({
  ...known.parse(revision),
  ...said,
  _id: nextId(),
  links,
});

export async function resolveLinks(raw: readonly RawLink[], { resolve, fileHash, hasFile }: Linking): Promise<Link[]> {
  const links: Link[] = [];
  const pause = eventLoopYielder();
  for (const link of raw) {
    await pause();
    links.push({ kind: link.kind, target: link.target, to: await target(resolve(link).to, { fileHash, hasFile }) });
  }
  return links;
}

async function target(to: RawTarget, { fileHash, hasFile }: Pick<Linking, 'fileHash' | 'hasFile'>): Promise<Target> {
  if (to.is === 'attachment') {
    const there = await hasFile(to.hash);
    return there ? { is: 'file', hash: to.hash, name: to.name } : { is: 'missing', path: null, anchor: '' };
  }
  if (to.is !== 'file') return to;
  const hash = await fileHash(to.file);
  return hash === null
    ? { is: 'missing', path: null, anchor: '' }
    : { is: 'file', hash, name: to.file.slice(to.file.lastIndexOf('/') + 1) };
}

/** What a page keeps of its head's links: see `Page.links` and `Page.files`. */
export function usesOf(links: readonly Link[]): { links: string[]; files: string[] } {
  const pages = new Set<string>();
  const files = new Set<string>();
  for (const { to } of links) {
    if (to.is === 'page') pages.add(to.id);
    else if (to.is === 'file') files.add(to.hash);
    else if ((to.is === 'folder' || to.is === 'missing') && to.path !== null) pages.add(`/${to.path}`);
  }
  return { links: [...pages], files: [...files] };
}
