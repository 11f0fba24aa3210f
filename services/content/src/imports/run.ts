import { InvalidInput } from '@sidekick/service-kit';
import { ulid } from 'ulid';
import { createTargets, type Resolve } from '../links/targets.ts';
import type { StoredPage } from '../pages/page.ts';
import type { Revision } from '../revisions/revision.ts';
import { notesOf } from '../sources/source-version.ts';
import { settleTrails } from '../writing/trails.ts';
import { archive } from './archive.ts';
import { pageBatch } from './batch.ts';
import { type TakenFiles, takenFiles } from './files.ts';
import { importPage, type Step } from './import-page.ts';
import type { Import, ImportContent } from './imports.ts';
import { type Planned, planImport } from './matching/plan.ts';
import { openZip, type Zip } from './parsing/zip.ts';
import { plannedTree } from './planned-tree.ts';
import { leftOutOf } from './reading/left-out.ts';
import { type Scanned, scan } from './reading/scan.ts';
import { withoutTopFolder } from './reading/top-folder.ts';
import { redirectsFor } from './redirects.ts';
import { failedRow } from './rows.ts';
import { tell } from './tell.ts';

/** A run under way: `run` is what a viewer sees and changes as it goes. */
export interface Running {
  content: ImportContent;
  run: Import;
  zipFile: string;
  bytes: number;
  /** Lets others go on; throws when the process stops. */
  pause: () => Promise<void>;
}

/** Imports a zip: reads all of it, then writes only what changed, then archives what vanished. Throws when it cannot go on as a whole. */
export async function runImport({ content, run, zipFile, bytes, pause }: Running): Promise<void> {
  const zip = await openZip(zipFile, bytes);
  try {
    await content.replica.refresh();
    const stored = content.replica.all();
    const known = stored.filter(({ doc }) => doc.source === run.source && doc.imported);
    const source = await scanned(zip, { content, run, known, pause });
    const { report } = run;
    const fail = (path: string, reason: string) => report.failed.push({ path, reason });
    for (const { path, reason } of source.failed) failedRow(run, path, reason);
    const bodiesOf = (pages: readonly StoredPage[]) => importedBodies(content, pages);
    const plan = await planImport({ scanned: source, stored, known, bodiesOf, pause, into: run.into, public: run.options.public });
    // A file that could not be read is handled too.
    run.done = run.total - plan.pages.length;
    const files = takenFiles(content, { zip, items: source.files, source: run.source, fail });
    await writePages(plan.pages, { content, run, files, scanned: source, pause });
    await archive(content, run, { vanished: plan.vanished, live: known.filter(({ doc }) => doc.status !== 'archived').length });
    await settleTrails(content);
    report.attachments = files.count();
    await tell(run, { scanned: source, plan, files, pause });
    await saveSource(content, run, source);
  } finally {
    zip.close();
  }
}

interface Scanning extends Pick<Running, 'content' | 'run' | 'pause'> {
  known: readonly StoredPage[];
}

/** Throws InvalidInput for a source without a page: what it imported before would all be gone. */
async function scanned(zip: Zip, { content, run, known, pause }: Scanning): Promise<Scanned> {
  const own = withoutTopFolder(zip, { known: new Set(known.map(({ doc }) => doc.imported?.file ?? '')), rooted: run.options.rooted });
  const found = await scan(
    { ...own, read: zip.read },
    {
      source: run.source,
      renderer: content.rendering.forImports,
      today: content.clock.now().toISOString().slice(0, 10),
      progress: (total) => Object.assign(run, { total }),
      pause,
    },
  );
  const junk = own.junk.map((path) => ({ path, reason: 'Left by an operating system' }));
  const kept = run.options.without.map((path) => ({ path, reason: 'Not sent: of a repository or a package manager' }));
  const leftOut = [...found.leftOut, ...junk, ...kept];
  if (found.pages.length > 0 || found.failed.length > 0) return { ...found, leftOut };
  const files = [...found.files.keys()].map((path) => ({ path, reason: found.reasonFor(path) }));
  run.report.leftOut = leftOutOf([...leftOut, ...files]);
  const count = zip.items.length;
  throw new InvalidInput(
    'no-pages',
    count === 0
      ? 'The zip is empty'
      : `None of the ${count === 1 ? 'one file' : `${count} files`} is a page: only Markdown is read. The report names each`,
  );
}

interface Writing extends Pick<Running, 'content' | 'run' | 'pause'> {
  scanned: Scanned;
  files: TakenFiles;
}

async function writePages(pages: readonly Planned[], { content, run, files, scanned: source, pause }: Writing): Promise<void> {
  const batch = await pageBatch(content, plannedTree(content.replica, pages, run.source));
  const step: Step = {
    content,
    run,
    files,
    batch,
    scanned: source,
    resolve: targetsOf(pages, source, run.into, content),
    redirects: redirectsFor(content, pages, run.into),
    notes: await notesOf(content, run.source),
  };
  for (let at = 0; at < pages.length; at += chunk) {
    const some = pages.slice(at, at + chunk);
    const stored = await storedRevisions(content, some);
    for (const planned of some) {
      await pause();
      await importPage(step, planned, stored);
      run.done++;
    }
  }
  await batch.flush();
}

/** Pages whose stored revisions are read together: one with all that was made of it may take ten megabytes. */
const chunk = 10;

const targetsOf = (pages: readonly Planned[], scanned: Scanned, into: string, { replica }: ImportContent): Resolve => {
  const anchors = new Map(pages.map(({ id, page }) => [id, page.anchors]));
  return createTargets({
    pages: pages.map(({ link }) => link),
    files: new Set(scanned.files.keys()),
    into,
    baseurl: scanned.config.baseurl,
    anchorsOf: (id) => anchors.get(id) ?? [],
    anywhere: (path) => {
      const found = replica.byPath(path)?.doc;
      return found && anchors.has(found._id) ? { id: found._id, path: found.path } : undefined;
    },
  });
};

/** The source's text of pages as the last import read it. */
async function* importedBodies({ revisions }: ImportContent, pages: readonly StoredPage[]): AsyncIterable<[StoredPage, string]> {
  for (let at = 0; at < pages.length; at += chunk) {
    const some = pages.slice(at, at + chunk);
    const found = await revisions.getMany([...new Set(some.map(({ doc }) => doc.imported?.revision ?? ''))]);
    const byId = new Map(found.map(({ doc }) => [doc._id, doc.body]));
    for (const stored of some) {
      const body = byId.get(stored.doc.imported?.revision ?? '');
      if (body !== undefined) yield [stored, body];
    }
  }
}

async function storedRevisions({ revisions }: ImportContent, some: readonly Planned[]): Promise<Map<string, Revision>> {
  const ids = some.flatMap(({ existing }) => (existing ? [existing.doc.revision, existing.doc.imported?.revision ?? ''] : []));
  const found = await revisions.getMany([...new Set(ids.filter(Boolean))]);
  return new Map(found.map(({ doc }) => [doc._id, doc]));
}

async function saveSource({ sources, clock }: ImportContent, run: Import, { config }: Scanned): Promise<void> {
  const { baseurl, repository, title } = config;
  const known = await sources.byKey(`source:${run.source}`);
  const doc = { key: run.source, into: run.into, lastImportAt: clock.now().toISOString(), baseurl, repository, title };
  if (known) await sources.replace(known, { ...known.doc, ...doc });
  else await sources.insert({ _id: ulid(), ...doc });
}
