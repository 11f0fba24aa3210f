// npm run import -- FOLDER: sends a folder to a running portal, shows progress on stderr, prints the report.

import { basename, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ImportView } from '@sidekick/contracts';
import { printReport } from './import-report.ts';
import { type PortalClient, portalClient } from './portal-client.ts';
import { listFolder, zipOf } from './zip-folder.ts';

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
  const listed = listFolder(folder);
  const bytes = listed.files.reduce((sum, { size }) => sum + size, 0);
  process.stderr.write(`${listed.files.length} files, ${(bytes / 1_048_576).toFixed(1)} MiB to ${portal.url}\n`);
  const query = new URLSearchParams({
    source: values.source ?? basename(resolve(folder)),
    ...(values.into === undefined ? {} : { into: values.into }),
    public: String(values.public ?? false),
    archive: String(values.archive ?? false),
    rooted: 'true',
    ...(listed.without.length > 0 ? { without: listed.without.join('\n').slice(0, 4_000) } : {}),
  });
  const started = ImportView.parse(await portal.ask('POST', `/imports?${query}`, zipOf(listed)));
  const ended = await follow(portal, started);
  const report = { ...ended.report, failed: [...listed.failed, ...ended.report.failed] };
  printReport(report);
  if (values.json) console.log(JSON.stringify(report));
  if (ended.state === 'failed') throw new Error(`The import failed: ${ended.error}`);
  return 0;
}

/** Asks until the import has ended; draws a bar on a terminal, a line every tenth elsewhere. */
async function follow(portal: PortalClient, started: ImportView): Promise<ImportView> {
  let view = started;
  let tenth = -1;
  while (view.state === 'waiting' || view.state === 'running') {
    await pause(150);
    view = ImportView.parse(await portal.ask('GET', `/imports/${view.id}`));
    const part = view.total > 0 ? view.done / view.total : 0;
    const bar = `[${'#'.repeat(Math.round(part * 30)).padEnd(30, '.')}] ${view.done} of ${view.total}`;
    if (process.stderr.isTTY) process.stderr.write(`\r${bar}`);
    else if (Math.floor(part * 10) > tenth) process.stderr.write(`${bar}\n`);
    tenth = Math.max(tenth, Math.floor(part * 10));
  }
  if (process.stderr.isTTY) process.stderr.write('\n');
  process.stderr.write(timesOf(view));
  return view;
}

/** How long it ran, and how long it waited for others before. */
function timesOf({ startedAt, runsSince, endedAt }: ImportView): string {
  const seconds = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;
  if (runsSince === null || endedAt === null) return '';
  const waited = seconds(startedAt, runsSince);
  return `Took ${seconds(runsSince, endedAt).toFixed(1)} s${waited >= 1 ? `, after ${waited.toFixed(0)} s behind other imports` : ''}\n`;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
