import { longestPath, type PageMoved } from '@sidekick/contracts';
import { DomainError, InvalidInput } from '@sidekick/service-kit';
import type { Author } from '../access/author.ts';
import { logged } from '../pages/log.ts';
import { movedTo, noPage, type Page, type StoredPage } from '../pages/page.ts';
import { conflict, patchPage } from './edit.ts';
import { rewrite } from './rewrite.ts';
import { settleTrails } from './trails.ts';
import type { WritingContent } from './writing.ts';

/**
 * Gives a page another address; the pages below its old one follow, each with its own redirect. What is in their way is told
 * page by page. Throws as `patchPage` for the page itself, before anything else has moved. Safe to repeat with the old address;
 * throws InvalidInput for one that the page never had, since what stands below that is not its own.
 */
export async function movePage(
  content: WritingContent,
  id: string,
  version: number,
  { path, children, from }: { path: string; children: boolean; from?: string | undefined },
  by: Author,
): Promise<PageMoved> {
  const stored = await content.pages.get(id);
  if (!stored) throw noPage();
  if (stored.version !== version) throw await conflict(content, stored, version);
  const old = from ?? stored.doc.path;
  if (old !== stored.doc.path && !stored.doc.oldPaths.includes(old)) throw neverThere(old);
  const page = await patchPage(content, id, version, { path }, by);
  const below = children && old !== '' && old !== path ? pagesBelow(content, old, id) : [];
  const left = await follow(content, below, (one) => path + one.slice(old.length), by);
  return { path, version: page.version, moved: below.length - left.length, left };
}

function neverThere(path: string): InvalidInput {
  const message = `This page never stood at /${path}, or another page has that address now`;
  return new InvalidInput('not-its-address', message, [{ path: 'from', message }]);
}

function pagesBelow({ replica }: WritingContent, path: string, but: string): StoredPage[] {
  const below = replica.all().filter(({ doc }) => doc.path.startsWith(`${path}/`) && doc._id !== but);
  // The deepest first: moved into its own branch, a page may want the address of one that is still there.
  return below.sort((a, b) => b.doc.path.length - a.doc.path.length);
}

async function follow(content: WritingContent, below: StoredPage[], to: (path: string) => string, by: Author): Promise<PageMoved['left']> {
  const left: PageMoved['left'] = [];
  const fits = below.filter(({ doc }) => {
    if (to(doc.path).length <= longestPath) return true;
    left.push({ id: doc._id, path: doc.path, reason: `The address would be longer than ${longestPath} characters` });
    return false;
  });
  const changedAt = content.clock.now().toISOString();
  const again = await rewrite(content, fits, 'moved', (old) =>
    logged(old, { ...movedTo(old.doc, to(old.doc.path)), changedAt, changedBy: by.name }),
  );
  // One by one: who lost a race is read anew, and an address that another page only used to have is taken over.
  for (const { page } of again) {
    const reason = await moveOne(content, page.doc, to(page.doc.path), by);
    if (reason !== null) left.push({ id: page.doc._id, path: page.doc.path, reason });
  }
  if (fits.length > 0) await settleTrails(content);
  return left;
}

/** Why it could not move; null when it did, or is gone. Whoever moved it meanwhile had a reason: it stays there. */
async function moveOne(content: WritingContent, { _id, path: before }: Page, path: string, by: Author): Promise<string | null> {
  try {
    const now = await content.pages.get(_id);
    if (!now || now.doc.path === path) return null;
    if (now.doc.path !== before) return `Somebody else moved it meanwhile, to /${now.doc.path}`;
    await patchPage(content, _id, now.version, { path }, by);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}
