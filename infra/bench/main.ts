// npm run bench [-- NAME [FOLDER]]: the figures of infra/docs/figures.md, beside the alternative, measured in one run.
import { benchApart } from './apart.ts';
import { benchBrowser } from './browser.ts';
import { benchEvents } from './events.ts';
import { benchExchange } from './exchange/main.ts';
import { benchHandbook } from './handbook.ts';
import { benchHostile } from './hostile/main.ts';
import { benchImport } from './import.ts';
import { benchRead } from './read.ts';
import { benchSearch } from './search.ts';
import { benchStaffing } from './staffing.ts';
import { benchStart } from './start.ts';
import { benchTimeline } from './timeline.ts';
import { benchTree } from './tree.ts';

const all: Record<string, () => void | Promise<void>> = {
  start: benchStart,
  read: benchRead,
  handbook: benchHandbook,
  import: benchImport,
  staffing: benchStaffing,
  browser: benchBrowser,
  timeline: benchTimeline,
  tree: benchTree,
  events: benchEvents,
  apart: benchApart,
  hostile: benchHostile,
  exchange: benchExchange,
};

async function main(): Promise<void> {
  const [name, folder, option] = process.argv.slice(2);
  if (name === 'search') {
    if (!folder) throw new Error('npm run bench -- search FOLDER, with docs.jsonl, queries.jsonl and qrels.tsv in it');
    if (option && option !== 'halves') throw new Error(`There is no ${option}: npm run bench -- search FOLDER halves`);
    return benchSearch(folder, option === 'halves');
  }
  if (name && !Object.hasOwn(all, name)) throw new Error(`There is no ${name}: ${Object.keys(all).join(', ')}, search FOLDER`);
  if (name === 'hostile') return benchHostile(folder);
  if (name === 'timeline') return benchTimeline(folder ? Number(folder) : undefined);
  if (name === 'import') return benchImport(folder);
  for (const [each, run] of Object.entries(all)) if (!name || name === each) await run();
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
