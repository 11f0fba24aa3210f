// npm run export -- FOLDER: everything of staffing as CSV, a file a kind. Asks the running portal, else opens the data folder of one that does not run.
import { createWriteStream, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { CsvKind, type CsvQuery } from '@sidekick/contracts';
import { isDataFolder, openFolder, openMongo } from '@sidekick/portal/backup';
import { type CsvOut, csvFiles } from '@sidekick/staffing/csv';
import { places, runAsCommand } from './backup-settings.ts';
import { portalClientThatAnswers } from './portal-client.ts';

const usage = `npm run export -- FOLDER [--separator comma|semicolon] [--json]
  FOLDER       is made where it is not there; files of these names in it are replaced
  --separator  semicolon: for spreadsheets that write decimals with a comma
  --json       the last line of stdout is what was written, as JSON`;

await runAsCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { separator: { type: 'string', default: 'comma' }, json: { type: 'boolean' } },
  });
  const [folder] = positionals;
  const { separator } = values;
  if (!folder || positionals.length > 1 || (separator !== 'comma' && separator !== 'semicolon')) throw new Error(usage);
  mkdirSync(folder, { recursive: true });
  const { files, close } = await sourceOf({ separator });
  const written: { file: string; bytes: number }[] = [];
  try {
    for (const { name, pieces } of files) {
      const path = join(folder, name);
      const out = createWriteStream(`${path}.next`);
      await pipeline(Readable.from(pieces), out);
      renameSync(`${path}.next`, path);
      written.push({ file: path, bytes: out.bytesWritten });
    }
  } finally {
    await close();
  }
  for (const { file, bytes } of written) console.log(`${file}: ${bytes} bytes`);
  if (values.json) console.log(JSON.stringify({ files: written }));
});

interface Source {
  files: readonly Pick<CsvOut, 'name' | 'pieces'>[];
  close(): Promise<void>;
}

/** Databases named by the environment, else a portal that answers, else the data folder of one that does not run. */
async function sourceOf(query: CsvQuery): Promise<Source> {
  const mongo = places(process.env);
  const portal = mongo ? null : await portalClientThatAnswers(process.env);
  if (portal) {
    const files = CsvKind.options.map((kind) => ({ name: `${kind}.csv`, pieces: asked(portal, kind, query) }));
    return { files, close: async () => {} };
  }
  const folder = process.env['SIDEKICK_DATA_FOLDER'] ?? 'data';
  if (!mongo && !isDataFolder(folder))
    throw new Error(`There is no portal's data in ${folder}. Name the folder with SIDEKICK_DATA_FOLDER.`);
  const opened = await (mongo ? openMongo(mongo) : openFolder(folder));
  const today = new Date().toISOString().slice(0, 10);
  return { files: await csvFiles(opened.stores.staffing, today, query), close: opened.close };
}

async function* asked({ url, token }: { url: string; token: string }, kind: CsvKind, { separator }: CsvQuery): AsyncGenerator<string> {
  const response = await fetch(`${url}/api/v1/staffing-export/${kind}.csv?separator=${separator}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok || !response.body) {
    const { title } = (await response.json().catch(() => ({}))) as { title?: string };
    throw new Error(`The portal at ${url} refused ${kind}: ${title ?? response.status}`);
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const bytes of response.body) yield text.decode(bytes as Uint8Array, { stream: true });
}
