// npm run readme: plays the shell blocks of the README and of infra/docs, as they stand, on a fresh clone of the last commit, and names
// what it cannot play with the reason. Real servers as the tests have them. --keep leaves the clone where it is.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { freePort, projectRoot, servers, until } from '@sidekick/testing';
import { deleteTopology, dropDatabases } from '@sidekick/testing/apart';
import { ulid } from 'ulid';
import { type Command, commandsOf } from '../readme/blocks.ts';
import { pagesIn } from '../readme/pages.ts';
import { filledIn, type Play, playOf, type Stage } from '../readme/plan.ts';

const { values } = parseArgs({ options: { keep: { type: 'boolean' } } });
const folder = mkdtempSync(join(tmpdir(), 'sidekick-readme-'));
const clone = join(folder, 'sidekick');
execFileSync('git', ['clone', '--quiet', '--local', '--no-hardlinks', projectRoot, clone]);
// What the commands name as the reader's own.
for (const name of ['path/to/handbook', 'docs']) cpSync(join(clone, 'infra/sample/handbook'), join(clone, name), { recursive: true });

const running = new Set<ChildProcess>();
const stage: Stage = { portal: null, servers: await serversHere() };
let wrong = 0;
try {
  for (const [page, text] of pagesIn(clone)) {
    for (const command of commandsOf(text)) {
      const said = await played(command, playOf(command)).catch((error: Error) => {
        wrong += 1;
        return `WRONG: ${error.message}`;
      });
      console.log(`${page}:${command.line}, ${command.chapter}: ${command.text}\n    ${said}`);
    }
  }
} finally {
  for (const child of running) await ended(child);
  if (stage.servers) await forget(stage.servers);
  if (values.keep) console.log(`the clone is in ${clone}`);
  else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
console.log(wrong === 0 ? '\nall that could be played went well' : `\n${wrong} commands do not work as README and infra/docs say`);
process.exit(wrong === 0 ? 0 : 1);

async function played(command: Command, play: Play | undefined): Promise<string> {
  if (!play) throw new Error('nobody said whether it is to be played: infra/readme/plan.ts');
  if (play.do === 'leave') return `not played: ${play.reason}`;
  if (play.needs === 'servers' && !stage.servers)
    return 'not played: no MONGO_URL, AMQP_URL and REDIS_URL here, no Docker, no Debian as root';
  if (play.needs === 'portal' && !stage.portal) throw new Error('the portal of the first block does not run');
  const began = performance.now();
  const child = spawn('bash', ['-c', filledIn(command.text, stage)], { cwd: clone, env: await environment(play), detached: true });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
  }
  const exit = once(child, 'close') as Promise<[number | null]>;
  const took = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  if (play.do === 'run') {
    const [code] = await exit;
    if (code !== 0) throw new Error(`ended with ${code}: ${out.trim().slice(-800)}`);
    return `ended well after ${took()}`;
  }
  running.add(child);
  let over = false;
  void exit.then(() => {
    over = true;
  });
  await until(
    `${command.text} to be ready`,
    () => {
      if (over) throw new Error(`ended: ${out.trim().slice(-800)}`);
      return play.ready.test(out);
    },
    600,
  );
  const ready = `ready after ${took()}`;
  if (play.keep) stage.portal = JSON.parse(readFileSync(join(clone, 'data/local-access.json'), 'utf8')) as NonNullable<Stage['portal']>;
  else {
    const code = await ended(child);
    if (code !== 0) throw new Error(`was ready and ended with ${code} at SIGTERM: ${out.trim().slice(-800)}`);
  }
  return ready;
}

/** Ends a process and what it started, and waits for it. Answers its exit code; null when a signal ended it. */
async function ended(child: ChildProcess): Promise<number | null> {
  running.delete(child);
  if (child.exitCode !== null || !child.pid) return child.exitCode;
  process.kill(-child.pid, 'SIGTERM');
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

/** A port that is free here; for parts that run apart the settings that `…` stands for. */
async function environment(play: Play): Promise<NodeJS.ProcessEnv> {
  const { PATH, HOME, LANG } = process.env;
  const settings = play.do !== 'leave' && play.needs === 'servers' ? { ...stage.servers, ...keysOf(join(clone, 'keys.env')) } : {};
  return { PATH, HOME, LANG, PORT: String(await freePort()), ...settings };
}

/** What the services made on servers that are not ours alone. */
async function forget({ MONGO_URL = '', AMQP_URL = '', MONGO_DATABASE = '', AMQP_PREFIX = '' }: Record<string, string>): Promise<void> {
  await dropDatabases(MONGO_URL, [MONGO_DATABASE]);
  await deleteTopology(AMQP_URL, AMQP_PREFIX, 0);
}

function keysOf(file: string): Record<string, string> {
  const { IDENTITY_PUBLIC_KEYS = '' } = parseEnv(readFileSync(file, 'utf8').replaceAll(/=(.*)$/gm, "='$1'"));
  return { IDENTITY_PUBLIC_KEYS };
}

async function serversHere(): Promise<Record<string, string> | null> {
  const [MONGO_URL, AMQP_URL, REDIS_URL] = await Promise.all([servers.mongoUrl(), servers.amqpUrl(), servers.redisUrl()]);
  if (!MONGO_URL || !AMQP_URL || !REDIS_URL) return null;
  const name = `readme-${ulid().toLowerCase()}`;
  return { MONGO_URL, AMQP_URL, REDIS_URL, MONGO_DATABASE: name, AMQP_PREFIX: `${name}.` };
}
