import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Container, containers, crash, docker, isHealthy, startedAt } from './compose/engine.ts';
import { type Load, startLoad } from './load.ts';

interface Blow {
  container: string;
  how: string;
  /** Requests without a good answer from the blow until the whole was well again, by kind. */
  failed: Record<string, number>;
  /** Seconds until every container was healthy and 3 s passed without a failure; null: not within the patience. */
  wellAfter: number | null;
}

const patience = 180;
/** Seconds that a container stays stopped. */
const stopped = 3;

/**
 * `npm run drill -- compose`: stops and kills each container of the running composition in turn under load, and checks
 * that every acknowledged write is there afterwards and search equals content. Prints counts; answers the exit code.
 */
export async function composeDrill(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { 'per-second': { type: 'string', default: '100' }, only: { type: 'string' }, rounds: { type: 'string', default: '1' } },
  });
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
      blows.push(await blowOf(load, container, all, 'stop'));
      blows.push(await blowOf(load, container, all, 'kill'));
    }
  }
  await load.stop();
  await load.settle(120);
  const wrong = await load.verify(120);
  load.close();
  return conclude(load, blows, wrong);
}

async function blowOf(load: Load, { name, service }: Container, all: readonly Container[], kind: 'stop' | 'kill'): Promise<Blow> {
  const before = load.counts().failed;
  const since = await startedAt(name);
  const began = performance.now();
  let how: string = `docker stop, ${stopped} s, docker start`;
  if (kind === 'kill') how = await crash(name);
  else {
    await docker('stop', name);
    await pause(stopped * 1000);
    await docker('start', name);
  }
  const wellAfter = await untilWell(load, all, async () => (await startedAt(name)) !== since, began);
  const failed = Object.entries(load.counts().failed).map(([what, count]) => [what, count - (before[what] ?? 0)] as const);
  const blow = { container: service, how, failed: Object.fromEntries(failed.filter(([, count]) => count > 0)), wellAfter };
  console.log(JSON.stringify(blow));
  return blow;
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

function conclude(load: Load, blows: readonly Blow[], wrong: readonly string[]): number {
  for (const { container, how, failed, wellAfter } of blows) {
    const count = Object.values(failed).reduce((sum, each) => sum + each, 0);
    console.log(
      `${container}, ${how}: ${count} without a good answer, ${wellAfter === null ? 'not well again' : `well again after ${wellAfter} s`}`,
    );
  }
  report('in all', load);
  console.log(
    wrong.length === 0
      ? 'Every acknowledged write is there, and search equals content.'
      : `${wrong.length} wrong:\n${wrong.slice(0, 50).join('\n')}`,
  );
  return wrong.length > 0 || blows.some(({ wellAfter }) => wellAfter === null) ? 1 : 0;
}
