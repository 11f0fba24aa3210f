import { isDeepStrictEqual } from 'node:util';
import type { Resolve } from '../links/targets.ts';
import { logged } from '../pages/log.ts';
import { movedTo, type Page, type StoredPage } from '../pages/page.ts';
import { isTooCostly } from '../rendering/rendering.ts';
import { type Linking, relinked, resolveLinks, revise, usesOf } from '../revisions/revise.ts';
import type { Link, Revision } from '../revisions/revision.ts';
import { forgetSourceVersion, keepSourceVersion, type SourceVersionNotes } from '../sources/source-version.ts';
import type { Batch } from './batch.ts';
import type { TakenFiles } from './files.ts';
import type { Import, ImportContent } from './imports.ts';
import { type Decision, decide, mergeMeta } from './matching/outcome.ts';
import type { Planned } from './matching/plan.ts';
import type { Scanned } from './reading/scan.ts';
import type { Redirects } from './redirects.ts';
import { failedRow, kept, noteMissing, row } from './rows.ts';

/** What every page of a run is written with. */
export interface Step {
  content: ImportContent;
  run: Import;
  files: TakenFiles;
  batch: Batch;
  scanned: Scanned;
  resolve: Resolve;
  redirects: Redirects;
  /** What was kept of the source for pages that stayed as they are here, by page. */
  notes: SourceVersionNotes;
}

/** Writes what one file asks for; a text that takes too much to read fails by itself. `stored` holds the revisions of pages that are there already. */
export async function importPage(step: Step, planned: Planned, stored: Map<string, Revision>): Promise<void> {
  try {
    await writePage(step, planned, stored);
  } catch (error) {
    if (!isTooCostly(error)) throw error;
    failedRow(step.run, planned.page.file, error.message);
  }
}

async function writePage(step: Step, planned: Planned, stored: Map<string, Revision>): Promise<void> {
  const { existing, page, path, meta } = planned;
  const linking: Linking = { resolve: (link) => step.resolve(planned.link, link), fileHash: step.files.hashOf, hasFile: step.files.hold };
  if (!existing) return create(step, planned, linking);
  const [head, base] = [stored.get(existing.doc.revision), stored.get(existing.doc.imported?.revision ?? '')];
  if (!head || !base) return failedRow(step.run, page.file, 'Its last revision is not in the store');
  const { bodyHash, jekyll, file, address, also } = page;
  const wanted = { bodyHash, jekyll, file, path, meta, address, also };
  const { merge } = step.content.rendering.forImports;
  const bodies = async () => ({ base: base.body, ours: head.body, theirs: await page.body() });
  const decision = await decide(existing.doc, wanted, bodies, merge);
  if (decision.do === 'keep') {
    await resolveLinks(base.links, linking);
    await keepSourceVersion(step, planned, () => sourceRevision(step, planned, linking, messageOfSource));
    return kept(step.run, page.file, page.title, decision.reason);
  }
  const note = step.notes.get(planned.id);
  if (note) await forgetSourceVersion(step.content, note);
  await update(step, { planned, existing, head, base, linking, decision });
}

async function create(step: Step, planned: Planned, linking: Linking): Promise<void> {
  const { run, content } = step;
  const revision = await sourceRevision(step, planned, linking, 'Imported');
  noteMissing(step, planned, revision.links);
  const now = content.clock.now().toISOString();
  const page: Page = {
    _id: planned.id,
    ...planned.meta,
    path: planned.path,
    source: run.source,
    sample: run.options.sample,
    oldPaths: step.redirects(planned, []),
    revision: revision._id,
    createdAt: now,
    changedAt: now,
    changedBy: run.by,
    touchedAt: Date.now(),
    createdFrom: null,
    jekyll: planned.page.jekyll,
    ...usesOf(revision.links),
    imported: importedOf(planned, revision._id),
    trail: [],
  };
  await write(step, planned, { page, old: null, head: revision, inserts: [revision] }, 'created');
}

interface Update {
  planned: Planned;
  existing: StoredPage;
  head: Revision;
  base: Revision;
  linking: Linking;
  decision: Exclude<Decision, { do: 'keep' }>;
}

async function update(step: Step, { planned, existing, head, base, linking, decision }: Update): Promise<void> {
  const { run, content } = step;
  const changed = decision.do === 'write' && decision.body !== null ? decision.body : null;
  const revisionsMade: Revision[] = [];
  let source = base;
  if (changed !== null) {
    source = await sourceRevision(step, planned, linking, 'Imported');
    revisionsMade.push(source);
    if (decision.do === 'write' && !decision.source)
      revisionsMade.push(await draft(step, planned, linking, changed, 'Merged with the source'));
  } else {
    const links = await resolveLinks(base.links, linking);
    const moved = decision.do === 'write' && decision.outcome === 'moved';
    if (head === base && (moved ? !isDeepStrictEqual(links, base.links) : otherFiles(links, base.links))) {
      source = relinked(base, links, saidNow(step, 'Links follow the source'));
      revisionsMade.push(source);
    }
  }
  noteMissing(step, planned, source.links);
  if (decision.do === 'nothing' && revisionsMade.length === 0) return row(run, planned, 'unchanged');
  const newHead = revisionsMade.at(-1) ?? head;
  const { doc } = existing;
  const path = doc.path === doc.imported?.path ? planned.path : doc.path;
  const there = movedTo(doc, path);
  const page: Page = {
    ...there,
    oldPaths: step.redirects(planned, there.oldPaths),
    ...mergeMeta(doc, planned.meta),
    jekyll: planned.page.jekyll,
    revision: newHead._id,
    changedAt: content.clock.now().toISOString(),
    changedBy: run.by,
    touchedAt: Date.now(),
    ...usesOf(newHead.links),
    imported: importedOf(planned, source._id),
  };
  const outcome = decision.do === 'write' ? decision.outcome : 'updated';
  await write(step, planned, { page: logged(existing, page), old: existing, head: newHead, inserts: revisionsMade }, outcome);
}

const otherFiles = (now: readonly Link[], before: readonly Link[]): boolean => !isDeepStrictEqual(usesOf(now).files, usesOf(before).files);

const saidNow = ({ run, content }: Step, message: string) =>
  ({ at: content.clock.now().toISOString(), by: run.by, message, origin: 'import' }) as const;

const messageOfSource = 'Of the source; the page was kept as it is here';
const sourceRevision = async (step: Step, planned: Planned, linking: Linking, message: string): Promise<Revision> =>
  draft(step, planned, linking, await planned.page.body(), message);

const draft = (step: Step, { id, page }: Planned, linking: Linking, body: string, message: string): Promise<Revision> =>
  revise({
    page: id,
    title: page.title,
    body,
    ...saidNow(step, message),
    dialect: { liquid: page.jekyll ? step.scanned.config : null },
    linking,
    renderer: step.content.rendering.forImports,
  });

const importedOf = ({ page, path, meta }: Planned, revision: string): Page['imported'] => ({
  file: page.file,
  bodyHash: page.bodyHash,
  revision,
  path,
  meta,
  address: page.address,
  also: page.also,
});

type Outcome = 'created' | 'updated' | 'moved' | 'merged';
async function write(
  step: Step,
  planned: Planned,
  parts: { page: Page; old: StoredPage | null; head: Revision; inserts: Revision[] },
  outcome: Outcome,
): Promise<void> {
  await step.batch.add({
    ...parts,
    reason: `import-${outcome}`,
    written: () => row(step.run, planned, outcome),
    failed: (reason) => failedRow(step.run, planned.page.file, reason),
  });
}
