import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { PageCreate, PagePatch } from '@sidekick/contracts';
import { Conflict, InvalidInput, Stale } from '@sidekick/service-kit';
import { AnswerLost, type EventOf, StaleVersion, TakenKey } from '@sidekick/store';
import type { Author } from '../access/author.ts';
import { pageChanged, stateOf, trailOf } from '../events/event.ts';
import { changesSince, logged } from '../pages/log.ts';
import { treeWith } from '../pages/overlay.ts';
import { metaOf, movedTo, noPage, type Page, type StoredPage } from '../pages/page.ts';
import { noteRemoval } from '../pages/removal.ts';
import { checkLength } from '../rendering/rendering.ts';
import { headOf } from '../revisions/head.ts';
import { revise, usesOf } from '../revisions/revise.ts';
import { type Revision, viewOf } from '../revisions/revision.ts';
import { forgetSourceVersion, noteOf } from '../sources/source-version.ts';
import { breakCycle } from './cycle.ts';
import { linkingFor } from './linking.ts';
import { claimOldPath } from './paths.ts';
import { reparent } from './reparent.ts';
import { settleTrails } from './trails.ts';
import type { WritingContent } from './writing.ts';

/** Makes a published page. A repetition with the same body answers what is stored. Throws Stale for another body under the id, Conflict for a taken path. */
export async function createPage(
  content: WritingContent,
  id: string,
  body: PageCreate,
  by: Author,
): Promise<{ stored: StoredPage; made: boolean }> {
  const createdFrom = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const known = await content.pages.get(id);
  if (known) {
    if (known.doc.createdFrom === createdFrom) return { stored: known, made: false };
    throw new Stale('page-exists', 'Another page has this id');
  }
  const now = content.clock.now().toISOString();
  const { body: text, ...meta } = body;
  const page: Page = {
    ...meta,
    _id: id,
    status: 'published',
    searchExclude: false,
    under: null,
    oldPaths: [],
    revision: id,
    createdAt: now,
    changedAt: now,
    changedBy: by.name,
    touchedAt: Date.now(),
    createdFrom,
    jekyll: false,
    links: [],
    files: [],
    imported: null,
    trail: [],
  };
  checkParent(content, page);
  const head = await draft(content, page, { body: text, by, message: 'Created' });
  return {
    stored: await writePage(
      content,
      null,
      { ...page, revision: head._id, ...usesOf(head.links) },
      { head, isNew: true, reason: 'created' },
    ),
    made: true,
  };
}

/** Changes a page; what is the same already writes nothing. Throws Stale with the current revision when somebody else wrote first. */
export async function patchPage(content: WritingContent, id: string, version: number, patch: PagePatch, by: Author): Promise<StoredPage> {
  const stored = await content.pages.get(id);
  if (!stored) throw noPage();
  if (stored.version !== version) throw await conflict(content, stored, version);
  const { body, message, path, place, ...meta } = patch;
  const wanted: Page = movedTo({ ...stored.doc, ...defined(meta), ...(place ? { place, under: null } : {}) }, path ?? stored.doc.path);
  // A parent that is gone by now is nothing that this patch does.
  const hasOtherParent = wanted.place.parent !== stored.doc.place.parent;
  if (hasOtherParent) checkParent(content, wanted);
  const old = await headOf(content, stored.doc);
  const isNew = body !== undefined && body !== old.body;
  if (!isNew && isDeepStrictEqual(wanted, stored.doc)) return stored;
  const head = isNew ? await draft(content, wanted, { body, by, message: message ?? '' }) : old;
  const changed = { changedAt: content.clock.now().toISOString(), changedBy: by.name, touchedAt: Date.now() };
  const page = logged(stored, { ...wanted, ...changed, revision: head._id, ...usesOf(head.links) });
  const saved = await writePage(content, stored, page, { head, isNew, reason: 'edited' });
  if (hasOtherParent) await breakCycle(content, saved, stored.doc);
  return saved;
}

/** Leaves a tombstone; the page's revisions go. */
export async function deletePage(content: WritingContent, stored: StoredPage): Promise<void> {
  const id = stored.doc._id;
  const epoch = await content.epoch();
  await noteRemoval(content.removals, id);
  try {
    await content.pages.remove(stored, pageChanged({ id, epoch, reason: 'deleted', deleted: true, state: null, at: content.clock.now() }));
  } catch (error) {
    if (!(error instanceof StaleVersion)) throw error;
    const now = await content.pages.get(id);
    throw now ? await conflict(content, now, stored.version) : noPage();
  }
  content.replica.drop(id);
  try {
    // First: whoever has their ids reads its texts until they are gone, and nobody can delete the page again.
    await content.revisions.erase({ index: 'by-page', equals: { page: id } });
  } finally {
    await reparent(content, stored.doc);
    await settleTrails(content);
  }
  const note = await noteOf(content, id);
  if (note) await forgetSourceVersion(content, note);
}

/** `read` is the version that lost: what others changed since is told. */
export async function conflict(content: WritingContent, { doc, version }: StoredPage, read: number): Promise<Stale> {
  const current = { version, revision: viewOf(await headOf(content, doc)), page: metaOf(doc), since: changesSince(doc, read) };
  return new Stale('stale-page', 'Somebody else saved this page since you opened it', { current });
}

const defined = <T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };

function checkParent({ replica }: WritingContent, { _id, place }: Page): void {
  const seen = new Set<string>();
  for (let at = place.parent; at !== null && !seen.has(at); at = replica.get(at)?.doc.place.parent ?? null) {
    if (at === _id)
      throw new InvalidInput('parent-below-itself', 'A page cannot stand below itself', [
        { path: 'place.parent', message: 'Below the page itself' },
      ]);
    if (!replica.get(at))
      throw new InvalidInput('unknown-parent', 'There is no such parent', [{ path: 'place.parent', message: 'No such page' }]);
    seen.add(at);
  }
}

async function draft(content: WritingContent, page: Page, said: { body: string; by: Author; message: string }): Promise<Revision> {
  checkLength(said.body);
  const at = content.clock.now().toISOString();
  const renderer = content.rendering.forPerson(said.by.account);
  const of = { page: page._id, title: page.title, at, origin: 'edit' as const, ...said, by: said.by.name };
  return revise({ ...of, renderer, ...(await linkingFor(content, page)) });
}

interface Head {
  head: Revision;
  isNew: boolean;
  reason: string;
}

/** Inserts the revision, then compares and sets the page. An old path of another page is taken over. */
export async function writePage(
  content: WritingContent,
  old: StoredPage | null,
  wanted: Page,
  { head, isNew, reason }: Head,
): Promise<StoredPage> {
  const tree = treeWith(content.replica, wanted);
  const page = { ...wanted, trail: trailOf(wanted, tree) };
  const said = { id: page._id, epoch: await content.epoch(), reason, at: content.clock.now() };
  if (isNew) await content.revisions.insert(head);
  const stored = await attempt(content, old, page, pageChanged({ ...said, state: stateOf(page, head) })).catch(async (error: unknown) => {
    const isTaken = error instanceof StaleVersion || (error instanceof TakenKey && error.key === `id:${page._id}`);
    const unheard = isNew && isTaken ? await pageAt(content, page._id, head._id) : null;
    if (unheard) return unheard;
    // What was sent and not answered may be stored by now, with this text.
    if (isNew && !(error instanceof AnswerLost)) await discard(content, head._id);
    throw await refusalOf(content, page, old?.version ?? 0, error);
  });
  content.recent.keep(head);
  if (tree !== content.replica) await settleTrails(content);
  return stored;
}

/** The page when it holds this text by now: a first try that was not heard of came through, and the second found its version taken. */
async function pageAt({ pages, replica }: WritingContent, id: string, revision: string): Promise<StoredPage | null> {
  const now = await pages.get(id);
  if (now?.doc.revision !== revision) return null;
  replica.put(now);
  return now;
}

/** What to say of a page that was not written. */
async function refusalOf(content: WritingContent, page: Page, version: number, error: unknown): Promise<unknown> {
  if (error instanceof StaleVersion) {
    const now = await content.pages.get(page._id);
    return now ? conflict(content, now, version) : noPage();
  }
  if (error instanceof TakenKey && error.key.startsWith('id:'))
    return new Conflict('id-taken', 'This id belonged to a page that was deleted');
  return error instanceof TakenKey ? new Conflict('path-taken', `Another page stands at /${page.path}`) : error;
}

async function attempt(content: WritingContent, old: StoredPage | null, page: Page, event: EventOf, tries = 3): Promise<StoredPage> {
  try {
    const stored = old ? await content.pages.replace(old, page, event) : await content.pages.insert(page, event);
    content.replica.put(stored);
    return stored;
  } catch (error) {
    if (error instanceof TakenKey && tries > 0 && (await claimOldPath(content, error.key, page._id)))
      return attempt(content, old, page, event, tries - 1);
    throw error;
  }
}

/** A revision that no page came to point at. */
async function discard({ revisions }: WritingContent, id: string): Promise<void> {
  const stored = await revisions.get(id);
  if (stored) await revisions.remove(stored);
}
