// npm run restore -- FILE: makes an installation what a backup holds. The portal, or every service, has to be stopped.
import { parseArgs } from 'node:util';
import { refuseRunning, restoreFolder, restoreMongo } from '@sidekick/portal/backup';
import { addressesOfServices, places, runAsCommand, say } from './backup-settings.ts';

const usage = `npm run restore -- FILE [--stopped]
  Into the data folder (SIDEKICK_DATA_FOLDER, by default data), or with MONGO_URL set into the databases of services that run apart.
  --stopped  no service runs; needed where no address of one is named by GATEWAY_URL, CONTENT_URL, SEARCH_URL or STAFFING_URL`;

await runAsCommand(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { stopped: { type: 'boolean' } } });
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Error(usage);
  const mongo = places(process.env);
  const began = performance.now();
  if (mongo) {
    const addresses = addressesOfServices(process.env);
    if (addresses.length === 0 && !values.stopped)
      throw new Error('Stop every service first, and say so with --stopped, or name their addresses so that it can be seen.');
    await refuseRunning(addresses);
  }
  const folder = process.env['SIDEKICK_DATA_FOLDER'] ?? 'data';
  const contents = mongo ? await restoreMongo(file, mongo, say) : await restoreFolder(file, folder, say);
  const { at, documents, entries, blobs } = contents;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `Restored the backup of ${at}: ${documents} documents, ${entries} change sets, ${blobs} attachments in ${seconds} s. ` +
      'Everything later is gone. Everybody signs in again; search is rebuilt at the next start.',
  );
});
