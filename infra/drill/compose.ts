import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Blow, type Kind, kinds, sentenceOf, unwell } from './compose/blows.ts';
import { type Container, containers, crash, docker, isHealthy, isStore, startedAt } from './compose/engine.ts';
import { type Load, startLoad } from './load.ts';

const patience = 180;
/** Seconds that a container stays stopped. */
const stopped = 3;

/**
 * `npm run drill -- compose`: stops and kills each container of the running composition in turn under load, pauses each store, and
 * checks that nobody waited long, that every acknowledged write is there afterwards, and that search equals content. `--only` some
 * services, `--blows stop,kill,pause`, `--away` seconds of a pause. Prints counts; answers the exit code.
 */
export async function composeDrill(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      'per-second': { type: 'string', default: '100' },
      only: { type: 'string' },
      rounds: { type: 'string', default: '1' },
      blows: { type: 'string', default: kinds.join(',') },
      away: { type: 'string', default: '60' },
    },
  });
  const wanted = kinds.filter((kind) => values.blows.split(',').includes(kind));
  const away = Number(values.away);
  const token = await docker('compose', 'exec', '-T', 'gateway', 'sidekick', 'gateway', 'token');
  const url = `http://${await docker('compose', 'port', 'gateway', '8080')}`;
  const all = await containers();
  const chosen = values.only ? all.filter(({ service }) => values.only?.split(',').includes(service)) : all;
  console.log(`${chosen.length} containers, ${values['per-second']} requests a second at ${url}, half of them writes`);
  const load = startLoad({ url, token, perSecond: Number(values['per-second']) });
  await pause(10_000);
  report('before the first blow', load);
  const blows: Blow[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const container of chosen) {
      const given = wanted.filter((kind) => kind !== 'pause' || isStore(container));
      for (const kind of given) blows.push(await blowOf({ load, all, away }, container, kind));
    }
  }
  await load.stop();
  await load.settle(120);
  const wrong = await load.verify(120);
  load.close();
  return conclude(load, blows, wrong);
}

interface Stage {
  load: Load;
  all: readonly Container[];
  /** Seconds of a pause. */
  away: number;
}

async function blowOf({ load, all, away }: Stage, { name, service }: Container, kind: Kind): Promise<Blow> {
  const before = load.counts().failed;
  const since = await startedAt(name);
  const struck = performance.now();
  const how = await given(name, kind, away);
  const began = kind === 'pause' ? performance.now() : struck;
  const revived = async () => kind === 'pause' || (await startedAt(name)) !== since;
  const wellAfter = await untilWell(load, all, revived, began);
  const { failed: after, longest } = load.counts();
  const failed = Object.entries(after).map(([what, count]) => [what, count - (before[what] ?? 0)] as const);
  const blow = { container: service, how, failed: Object.fromEntries(failed.filter(([, count]) => count > 0)), longest, wellAfter };
  console.log(JSON.stringify(blow));
  return blow;
}

/** Answers what was done, in words. */
async function given(name: string, kind: Kind, away: number): Promise<string> {
  if (kind === 'kill') return crash(name);
  const [[begin, end], seconds] = kind === 'pause' ? [['pause', 'unpause'] as const, away] : [['stop', 'start'] as const, stopped];
  await docker(begin, name);
  try {
    await pause(seconds * 1000);
  } finally {
    await docker(end, name);
  }
  return `docker ${begin}, ${seconds} s, docker ${end}`;
}

async function untilWell(load: Load, all: readonly Container[], revived: () => Promise<boolean>, began: number): Promise<number | null> {
  let quietSince = performance.now();
  let failures = load.failures();
  while (performance.now() - began < patience * 1000) {
    await pause(500);
    const healthy = (await revived()) && (await Promise.all(all.map(({ name }) => isHealthy(name)))).every(Boolean);
    if (!healthy || load.failures() !== failures) quietSince = performance.now();
    failures = load.failures();
    if (performance.now() - quietSince > 3_000) return Math.round((quietSince - began) / 1000);
  }
  return null;
}

const report = (when: string, load: Load): void => console.log(`${when}: ${JSON.stringify(load.counts())}`);

function conclude(load: Load, blows: readonly Blow[], lost: readonly string[]): number {
  for (const blow of blows) console.log(sentenceOf(blow));
  report('in all', load);
  if (lost.length === 0) console.log('Every acknowledged write is there, and search equals content.');
  const wrong = [...unwell(blows), ...lost];
  if (wrong.length > 0) console.log(`${wrong.length} wrong:\n${wrong.slice(0, 50).join('\n')}`);
  return wrong.length > 0 ? 1 : 0;
}
