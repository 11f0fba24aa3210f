// npm run import -- FOLDER: sends a folder to a running portal, shows progress on stderr, prints the report.
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ImportView } from '@sidekick/contracts';
import { type PortalClient, portalClient } from './portal-client.ts';
import { zipFolder } from './zip-folder.ts';

const usage = `npm run import -- FOLDER [--source NAME] [--into PATH] [--public] [--archive] [--json]
  --source   key of the source, by default the folder's name; only its own pages are archived
  --into     path its pages live under, by default the key
  --public   pages are public unless their front matter says otherwise
  --archive  archive what vanished, however much it is
  --json     the last line of stdout is the report as JSON`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      source: { type: 'string' },
      into: { type: 'string' },
      public: { type: 'boolean' },
      archive: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  const [folder] = positionals;
  if (!folder || positionals.length > 1) throw new Error(usage);
  const portal = portalClient(process.env);
  const zip = zipFolder(folder);
  process.stderr.write(`${zip.files} files, ${(zip.bytes.length / 1_048_576).toFixed(1)} MiB to ${portal.url}\n`);
  const query = new URLSearchParams({
    source: values.source ?? basename(resolve(folder)),
    ...(values.into === undefined ? {} : { into: values.into }),
    public: String(values.public ?? false),
    archive: String(values.archive ?? false),
  });
  const started = ImportView.parse(await portal.ask('POST', `/imports?${query}`, zip.bytes));
  const ended = await follow(portal, started);
  if (ended.state === 'failed') throw new Error(`The import failed: ${ended.error}`);
  const { kept, merged, attachments, waitingToArchive, ...rest } = ended.report;
  const report = { ...rest, failed: [...zip.failed, ...rest.failed], merged, kept, attachments, waitingToArchive };
  print(report);
  if (values.json) console.log(JSON.stringify(report));
  return 0;
}

/** Asks until the import has ended; draws a bar on a terminal, a line every tenth elsewhere. */
async function follow(portal: PortalClient, started: ImportView): Promise<ImportView> {
  let view = started;
  let tenth = -1;
  while (view.state === 'waiting' || view.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 150));
    view = ImportView.parse(await portal.ask('GET', `/imports/${view.id}`));
    const part = view.total > 0 ? view.done / view.total : 0;
    const bar = `[${'#'.repeat(Math.round(part * 30)).padEnd(30, '.')}] ${view.done} of ${view.total}`;
    if (process.stderr.isTTY) process.stderr.write(`\r${bar}`);
    else if (Math.floor(part * 10) > tenth) process.stderr.write(`${bar}\n`);
    tenth = Math.max(tenth, Math.floor(part * 10));
  }
  if (process.stderr.isTTY) process.stderr.write('\n');
  return view;
}

function print(report: ImportView['report']): void {
  const { created, updated, unchanged, moved, archived, merged } = report;
  console.log(
    `${report.source}: ${created} created, ${updated} updated, ${unchanged} unchanged, ${moved} moved, ${archived} archived, ${merged} merged`,
  );
  const list = (title: string, lines: string[]) => {
    if (lines.length > 0) console.log(`\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`);
  };
  list(
    'Kept as edited here',
    report.kept.map(({ path, reason }) => `${path}: ${reason}`),
  );
  list(
    'Failed',
    report.failed.map(({ path, reason }) => `${path}: ${reason}`),
  );
  list(
    'Links that lead nowhere',
    report.missing.map(({ page, target, kind }) => `${page} -> ${target} (${kind})`),
  );
  list('Gone from the source; run again with --archive to archive them', report.waitingToArchive);
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
