// npm run backup -- FILE: everything of an installation into one file, while it runs. Also without a portal, and from the databases of services that run apart.
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  isDataFolder,
  keepNewest,
  makeBackup,
  nameAt,
  openedSource,
  openFolder,
  openMongo,
  portalSource,
  type Source,
} from '@sidekick/portal/backup';
import { megabytes, places, release, runAsCommand, say } from './backup-settings.ts';
import { portalClientThatAnswers } from './portal-client.ts';

const usage = `npm run backup -- FILE | --folder FOLDER [--keep N]
  FILE      what is there is replaced once the new one was found whole
  --folder  a folder that is there: the file is named by the time
  --keep    of those that were named so, only the newest N stay
With MONGO_URL set it reads the databases of services that run apart (infra/docs/backup.md).`;

await runAsCommand(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { keep: { type: 'string' }, folder: { type: 'string' } } });
  const { folder } = values;
  const keep = values.keep === undefined ? null : Number(values.keep);
  const [file = folder && join(folder, nameAt(new Date()))] = positionals;
  const both = positionals.length > (folder ? 0 : 1);
  if (!file || both || (keep !== null && (!folder || !Number.isInteger(keep) || keep < 1))) throw new Error(usage);
  if (!statSync(folder ?? dirname(file), { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`There is no folder ${folder ?? dirname(file)}.`);
  const source = await sourceOf();
  const made = await makeBackup(source, file, say).finally(source.close);
  const removed = folder && keep !== null ? await keepNewest(folder, keep) : [];
  console.log(
    `${file}: ${made.documents} documents, ${made.entries} change sets, ${made.blobs} attachments, ${megabytes(made.bytes)} in ${made.seconds} s`,
  );
  for (const name of removed) console.log(`removed ${name}`);
});

/** Databases named by the environment, else a portal that answers, else the data folder of one that does not run. */
async function sourceOf(): Promise<Source> {
  const mongo = places(process.env);
  if (mongo) return openedSource(await openMongo(mongo), release);
  const folder = process.env['SIDEKICK_DATA_FOLDER'] ?? 'data';
  const portal = await portalClientThatAnswers(process.env);
  if (portal) return portalSource(portal);
  if (!isDataFolder(folder)) throw new Error(`There is no portal's data in ${folder}. Name the folder with SIDEKICK_DATA_FOLDER.`);
  return openedSource(await openFolder(folder), release);
}
