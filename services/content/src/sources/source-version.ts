import type { ImportReport } from '@sidekick/contracts';
import { StaleVersion, type Stored, TakenKey } from '@sidekick/store';
import { ulid } from 'ulid';
import type { Pages } from '../pages/pages.ts';
import type { Revision } from '../revisions/revision.ts';
import type { Revisions } from '../revisions/revisions.ts';
import type { Sources, SourceVersionNote } from './sources.ts';

export type SourceVersionNotes = ReadonlyMap<string, Stored<SourceVersionNote>>;

/** All of a source, by page. */
export async function notesOf({ sourceVersions }: Pick<Sources, 'sourceVersions'>, source: string): Promise<SourceVersionNotes> {
  const notes = new Map<string, Stored<SourceVersionNote>>();
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await sourceVersions.query({ index: 'by-source', equals: { source }, limit: 200, cursor });
    for (const stored of items) notes.set(stored.doc.page, stored);
    cursor = nextCursor ?? undefined;
  } while (cursor);
  return notes;
}

export const noteOf = ({ sourceVersions }: Pick<Sources, 'sourceVersions'>, page: string) => sourceVersions.byKey(`page:${page}`);

/**
 * Keeps the source's text of a page that stays as it is here, once for each text, and names it in the report. Somebody may have
 * deleted the page, or settled for this very text, since the run read it: then there is nothing to keep.
 */
export async function keepSourceVersion(
  {
    content,
    run,
  }: {
    content: Pick<Pages & Revisions & Sources, 'pages' | 'revisions' | 'sourceVersions'>;
    run: { source: string; report: Pick<ImportReport, 'sourceVersions'> };
  },
  { id, page: { file, title, bodyHash } }: { id: string; page: { file: string; title: string; bodyHash: string } },
  make: () => Promise<Revision>,
): Promise<void> {
  if ((await noteOf(content, id))?.doc.bodyHash !== bodyHash) {
    const revision = await make();
    const now = await content.pages.get(id);
    if (!now || now.doc.imported?.bodyHash === bodyHash) return;
    await content.revisions.insert(revision);
    await putNote(content, { page: id, source: run.source, file, revision: revision._id, bodyHash });
  }
  run.report.sourceVersions.push({ path: file, page: id, title });
}

/** In place of what was kept of the page before, which somebody may settle in the same moment. */
async function putNote(content: Pick<Sources, 'sourceVersions'>, note: Omit<SourceVersionNote, '_id'>, tries = 5): Promise<void> {
  const known = await noteOf(content, note.page);
  try {
    if (known) await content.sourceVersions.replace(known, { ...known.doc, ...note });
    else await content.sourceVersions.insert({ _id: ulid(), ...note });
  } catch (error) {
    if (tries === 0 || !(error instanceof StaleVersion || error instanceof TakenKey)) throw error;
    await putNote(content, note, tries - 1);
  }
}

/** Called when nothing is left to choose. Somebody else who does the same is no harm. */
export async function forgetSourceVersion(
  { sourceVersions }: Pick<Sources, 'sourceVersions'>,
  known: Stored<SourceVersionNote>,
): Promise<void> {
  await sourceVersions.remove(known).catch((error: unknown) => {
    if (!(error instanceof StaleVersion)) throw error;
  });
}
