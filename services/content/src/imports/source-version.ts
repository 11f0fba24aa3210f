import { StaleVersion, type Stored } from '@sidekick/store';
import { ulid } from 'ulid';
import type { Content } from '../content.ts';
import type { Revision } from '../revisions/revision.ts';
import type { Import, SourceVersionNote } from './imports.ts';

export type SourceVersionNotes = ReadonlyMap<string, Stored<SourceVersionNote>>;

/** All of a source, by page. */
export async function notesOf({ sourceVersions }: Pick<Content, 'sourceVersions'>, source: string): Promise<SourceVersionNotes> {
  const notes = new Map<string, Stored<SourceVersionNote>>();
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await sourceVersions.query({ index: 'by-source', equals: { source }, limit: 200, cursor });
    for (const stored of items) notes.set(stored.doc.page, stored);
    cursor = nextCursor ?? undefined;
  } while (cursor);
  return notes;
}

export const noteOf = ({ sourceVersions }: Pick<Content, 'sourceVersions'>, page: string) => sourceVersions.byKey(`page:${page}`);

/** Keeps the source's text of a page that stays as it is here, once for each text, and names it in the report. */
export async function keepSourceVersion(
  {
    content,
    run,
    notes,
  }: { content: Pick<Content, 'revisions' | 'sourceVersions'>; run: Pick<Import, 'source' | 'report'>; notes: SourceVersionNotes },
  { id, page }: { id: string; page: { file: string; title: string; bodyHash: string } },
  make: () => Promise<Revision>,
): Promise<void> {
  run.report.sourceVersions.push({ path: page.file, page: id, title: page.title });
  const known = notes.get(id);
  if (known?.doc.bodyHash === page.bodyHash) return;
  const revision = await make();
  await content.revisions.insert(revision);
  const note = { page: id, source: run.source, file: page.file, revision: revision._id, bodyHash: page.bodyHash };
  if (known) await content.sourceVersions.replace(known, { ...known.doc, ...note });
  else await content.sourceVersions.insert({ _id: ulid(), ...note });
}

/** Called when nothing is left to choose. Somebody else who does the same is no harm. */
export async function forgetSourceVersion(
  { sourceVersions }: Pick<Content, 'sourceVersions'>,
  known: Stored<SourceVersionNote>,
): Promise<void> {
  await sourceVersions.remove(known).catch((error: unknown) => {
    if (!(error instanceof StaleVersion)) throw error;
  });
}
