import { ulid } from 'ulid';
import type { Content } from '../content.ts';
import { settleTrails } from '../pages/trails.ts';
import type { Revision } from '../revisions/revision.ts';
import { archive } from './archive.ts';
import { pageBatch } from './batch.ts';
import { sourceFiles } from './files.ts';
import { futureTree } from './future.ts';
import { importPage, type Step } from './import-page.ts';
import type { Import } from './imports.ts';
import { type Planned, planImport } from './plan.ts';
import { failedRow } from './rows.ts';
import { type Scanned, scan } from './scan.ts';
import { createTargets, type Resolve } from './targets.ts';
import { openZip } from './zip.ts';

/** A run under way: `run` is what a viewer sees and changes as it goes. */
export interface Running {
  content: Content;
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
    const scanned = await scan(zip, {
      source: run.source,
      renderer: content.rendering.forImports,
      progress: (total) => Object.assign(run, { total }),
      pause,
    });
    const { report } = run;
    const fail = (path: string, reason: string) => report.failed.push({ path, reason });
    for (const { path, reason } of scanned.failed) failedRow(run, path, reason);
    await content.site.refresh();
    const known = content.site.all().filter(({ doc }) => doc.source === run.source && doc.imported);
    const plan = planImport({ scanned, known, into: run.into, public: run.options.public });
    // A file that could not be read is handled too.
    run.done = run.total - plan.pages.length;
    const files = sourceFiles(content, { zip, items: scanned.files, source: run.source, fail });
    const batch = await pageBatch(content, futureTree(content.site, plan.pages, run.source));
    const step: Step = { content, run, files, batch, scanned, resolve: targetsOf(plan.pages, scanned, run.into, content) };
    for (let at = 0; at < plan.pages.length; at += chunk) {
      const some = plan.pages.slice(at, at + chunk);
      const stored = await storedRevisions(content, some);
      for (const planned of some) {
        await pause();
        await importPage(step, planned, stored);
        run.done++;
      }
    }
    await batch.flush();
    await archive(content, run, { vanished: plan.vanished, live: known.filter(({ doc }) => doc.status !== 'archived').length });
    await settleTrails(content);
    report.attachments = files.count();
    report.missing.sort((a, b) => (a.page < b.page ? -1 : a.page > b.page ? 1 : 0));
    await saveSource(content, run, scanned);
  } finally {
    zip.close();
  }
}

/** Pages whose stored revisions are read together. */
const chunk = 50;

const targetsOf = (pages: readonly Planned[], scanned: Scanned, into: string, { site }: Content): Resolve => {
  const anchors = new Map(pages.map(({ id, page }) => [id, page.anchors]));
  return createTargets({
    pages: pages.map(({ link }) => link),
    files: new Set(scanned.files.keys()),
    into,
    baseurl: scanned.config.baseurl,
    anchorsOf: (id) => anchors.get(id) ?? [],
    anywhere: (path) => {
      const found = site.byPath(path)?.doc;
      return found && anchors.has(found._id) ? { id: found._id, path: found.path } : undefined;
    },
  });
};

async function storedRevisions({ revisions }: Content, some: readonly Planned[]): Promise<Map<string, Revision>> {
  const ids = some.flatMap(({ existing }) => (existing ? [existing.doc.revision, existing.doc.imported?.revision ?? ''] : []));
  const found = await revisions.getMany([...new Set(ids.filter(Boolean))]);
  return new Map(found.map(({ doc }) => [doc._id, doc]));
}

async function saveSource({ sources, clock }: Content, run: Import, { config }: Scanned): Promise<void> {
  const { baseurl, repository, title } = config;
  const known = await sources.byKey(`source:${run.source}`);
  const doc = { key: run.source, into: run.into, lastImportAt: clock.now().toISOString(), baseurl, repository, title };
  if (known) await sources.replace(known, { ...known.doc, ...doc });
  else await sources.insert({ _id: ulid(), ...doc });
}
