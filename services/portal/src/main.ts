import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StoreInUse } from '@sidekick/store';
import { type PortalSettings, readSettings } from './config.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { type Portal, startPortal } from './portal.ts';
import { recoverAtRunning } from './recover.ts';
import { fillSample } from './sample/fill.ts';

const root = new URL('../../../', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
const say = (line: string) => console.log(line);

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), process.env);
  const folder = openDataFolder(settings.dataFolder);
  const link = settings.recover === undefined ? null : await recoverAtRunning(folder.localAccess(), settings.recover);
  if (link !== null) {
    sayRecovery(link);
    process.exit(0);
  }
  say(`Sidekick ${version}, data in ${folder.path}`);
  const sample = sampleToFill(settings, folder);
  const portal = await startPortal({ settings, folder, version, webRoot: fileURLToPath(new URL('services/web/dist', root)) });
  const stop = stopOnce(portal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const token = await portal.gateway.issueLocalToken();
  folder.writeLocalAccess({ url: portal.ownAddress, token });
  if (sample) {
    await fillSample({ portal, token, seed: sample.seed, settings, say }).catch((error: Error) => {
      throw new Error(`The sample could not be added: ${error.message}`);
    });
    folder.endSample();
  }
  if (settings.recover !== undefined) sayRecovery(await portal.gateway.recoveryLink(settings.recover));
  await sayHowToSignIn(portal);
}

const sayRecovery = (link: string) => say(`A new password, for who cannot get in (this link works once, for 24 hours): ${link}`);

/** A first start fills in the sample; one that was interrupted goes on with the same seed. */
function sampleToFill(settings: PortalSettings, folder: DataFolder): { seed: string } | null {
  if (folder.fresh && !settings.empty) folder.beginSample(crypto.randomUUID());
  return folder.pendingSample();
}

async function sayHowToSignIn({ url, ownAddress, gateway }: Portal): Promise<void> {
  const link = await gateway.firstManagerLink();
  if (!link) return say(`\nOpen ${url} and sign in.`);
  const demo = await fetch(`${ownAddress}/api/v1/auth/options`).then(
    (response) => response.json() as Promise<{ demo?: unknown[] }>,
    () => ({ demo: [] }),
  );
  say(`\nYour own account, first manager (this link works once): ${link}`);
  if (demo.demo?.length) say(`Open ${url} and sign in with one click as manager, engineer or ops of the sample.`);
  else say(`Open ${url} after that.`);
}

function stopOnce(portal: Portal): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    portal.close().then(
      () => process.exit(0),
      (error: Error) => fail(error),
    );
  };
}

/** What libsql says of a file that it cannot open, write, or take for a database. */
const fileTrouble = /ConnectionFailed|SQLITE_(CANTOPEN|READONLY|NOTADB|CORRUPT|FULL|IOERR)/;

/** One clear line and exit 1. */
function fail(error: Error & { code?: string; port?: number; address?: string }): never {
  if (error instanceof StoreInUse) console.error(`The data folder is in use by another process (${error.message}).`);
  else if (fileTrouble.test(`${error.code} ${error.message}`))
    console.error(`The data folder cannot be opened or written: ${error.message}`);
  else if (error.code === 'EADDRINUSE') console.error(`Port ${error.port} is taken. Choose another with --port, or end what holds it.`);
  else if (error.code === 'EACCES') console.error(`Port ${error.port} may not be opened by this user. Choose one above 1023 with --port.`);
  else if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    console.error(`This machine has no address ${error.address ?? ''}. Choose another with --host.`);
  else console.error(error.message);
  process.exit(1);
}

main().catch(fail);
