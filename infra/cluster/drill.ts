// npm run drill -- cluster [policies] [rolling] [release] [kills] [store] [restore]: the trial under load, on whatever KUBECONFIG points
// at, with everything that should not lose a request or a write done to it. --rounds N (10), --rate N (100 requests a second), --fresh (on
// empty stores: the namespaces of the trial are removed first, with all that they hold).
// NODE_KILL ends a container through its node, outside of Kubernetes, e.g. 'ctr -n k8s.io tasks kill -s 9 {id}'.
import { exec } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { kubectl, objects, until } from './kubectl.ts';
import { type Line, type LoadJob, startLoadJob } from './load-job.ts';
import { tryPolicies } from './policies.ts';
import { tryRestore } from './restore.ts';
import { deploy, namespace, stores, undo, upgrade, whole, workloads } from './trial.ts';

interface Pod {
  metadata: { name: string; namespace: string; uid: string };
  status: {
    conditions?: { type: string; status: string }[];
    containerStatuses?: { name: string; containerID: string; restartCount: number }[];
  };
}
interface Container {
  pod: Pod;
  name: string;
  id: string;
}
type Section = (load: LoadJob) => Promise<string[]>;

const shell = promisify(exec);
const kill = process.env['NODE_KILL'];
let rounds = 10;
let rate = 100;
const total = (failed: Record<string, number>): number => Object.values(failed).reduce((sum, count) => sum + count, 0);
function between(before: Line, after: Line): Record<string, number> {
  const kinds = Object.entries(after.failed).map(([kind, count]) => [kind, count - (before.failed[kind] ?? 0)] as const);
  return Object.fromEntries(kinds.filter(([, count]) => count > 0));
}
const say = (what: string, seconds: number, sent: number, failed: Record<string, number>): void =>
  console.log(
    `${what.padEnd(44)} ${seconds.toFixed(0).padStart(4)} s ${String(total(failed)).padStart(4)} failed of ${String(sent).padStart(6)} ${total(failed) > 0 ? JSON.stringify(failed) : ''}`,
  );

/** Does something under the load, lets it calm down, and says what failed meanwhile. */
async function under(load: LoadJob, what: string, act: () => Promise<void>): Promise<Record<string, number>> {
  const before = await load.line();
  const began = Date.now();
  await act();
  await pause(3_000);
  const after = await load.line();
  const failed = between(before, after);
  say(what, (Date.now() - began) / 1000, after.sent - before.sent, failed);
  return failed;
}

const restart = (space: string, ...names: string[]) => kubectl('rollout', 'restart', '-n', space, ...names);
const rolled = (space: string, name: string) => kubectl('rollout', 'status', '-n', space, name, '--timeout=300s');

const parts: [string, string][] = [
  ...workloads.map((name): [string, string] => [namespace, name]),
  [stores, 'statefulset/rabbitmq'],
  [stores, 'deployment/redis'],
];
/** An operator goes on when the portal is at ease again, not as soon as a pod is ready: at most half a second of requests under way. */
const atEase = (load: LoadJob): Promise<void> => until('the load to be at ease', 180, async () => (await load.underWay()) <= rate / 2);

const rolling: Section = async (load) => {
  const wrong: string[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const failed = await under(load, `rolling restart, round ${round}`, async () => {
      for (const [space, name] of parts) {
        await restart(space, name);
        await rolled(space, name);
        await atEase(load);
      }
      await whole(120);
    });
    if (total(failed) > 0) wrong.push(`round ${round} of rolling restarts: ${JSON.stringify(failed)}`);
  }
  return wrong;
};

const release: Section = async (load) => {
  const forth = await under(load, 'next release, its migration beside old pods', upgrade);
  const back = await under(load, 'rollout undo', undo);
  return [forth, back].filter((failed) => total(failed) > 0).map((failed) => `release: ${JSON.stringify(failed)}`);
};

const podsOf = (space: string): Promise<Pod[]> => objects<Pod>('pods', '-n', space, '--field-selector=status.phase=Running');
const isStore = ({ metadata }: Pod): boolean => metadata.name.startsWith('mongo-');

async function containers(choose: (pod: Pod) => boolean): Promise<Container[]> {
  const pods = [...(await podsOf(namespace)), ...(await podsOf(stores))].filter(choose);
  return pods.flatMap((pod) =>
    (pod.status.containerStatuses ?? []).map(({ name, containerID }) => ({ pod, name, id: containerID.replace(/^.*:\/\//, '') })),
  );
}
/** SIGKILL from the node, then waits until another container runs in its place and everything is ready. */
async function killed({ pod, name, id }: Container): Promise<void> {
  await shell((kill as string).replaceAll('{id}', id));
  await until(`another ${name} in ${pod.metadata.name}`, 120, async () =>
    (await containers(({ metadata }) => metadata.uid === pod.metadata.uid)).some((each) => each.name === name && each.id !== id),
  );
  await whole(180);
}

/** Removes a pod from the API at once, then waits until another stands in its place and every pod is ready. */
async function forcedOut({ metadata: { namespace: space, name, uid } }: Pod): Promise<void> {
  const all = () => objects<Pod>('pods', '-n', space, '--field-selector=status.phase!=Succeeded');
  const before = (await all()).length;
  await kubectl('delete', 'pod', '-n', space, name, '--grace-period=0', '--force');
  await until(`another pod for ${name}`, 180, async () => {
    const now = await all();
    const isReady = ({ status }: Pod) => status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True');
    return now.length === before && now.every((pod) => pod.metadata.uid !== uid && isReady(pod));
  });
}

const nameOf = ({ metadata }: Pod): string => metadata.name.replace(/-[a-z0-9]{5,}-[a-z0-9]{5}$/, '');

/** No more may fail than was in flight. A removed pod lives on for a moment that nobody names, so what was in flight is counted before. */
async function forceOut(load: LoadJob, pod: Pod): Promise<string[]> {
  const what = `forced deletion of ${nameOf(pod)}`;
  await atEase(load);
  const underWay = await load.underWay();
  const failed = await under(load, what, () => forcedOut(pod));
  return total(failed) > underWay ? [`${what}: ${underWay} were in flight, more failed: ${JSON.stringify(failed)}`] : [];
}

/** A dead process is noticed at once: in milliseconds from the kill to the first failure, by the clocks of this machine and the node. */
const noticed = 1_000;

/**
 * Only what was in flight on the container when it died may fail: sent before the first of it failed, or on a connection of the
 * dead process. Those end one after the other (100 ms apart were seen), so that some take a request when others are gone already.
 * Of a gateway's the load knows each, which fails one request at most; of the other parts the gateway tells it as `answer-lost`.
 */
async function killOff(load: LoadJob, container: Container): Promise<string[]> {
  const what = `SIGKILL of ${nameOf(container.pod)}`;
  await atEase(load);
  let began = 0;
  const failed = await under(load, what, () => {
    began = Date.now();
    return killed(container);
  });
  if (total(failed) === 0) return [];
  const failures = await load.failuresSince(began);
  const first = Math.min(...failures.map((each) => each.failed));
  const late = failures.filter(({ sent }) => sent > first);
  const last = Math.max(...failures.map(({ sent }) => sent)) - first;
  console.log(`${' '.repeat(44)} first failed ${first - began} ms after it; the last that failed was sent ${last} ms after that`);
  const isAtOnce = first - began <= noticed && failures.every(({ sent }) => sent - began <= noticed);
  const isOnOld = late.every(({ kind, connection }) => (connection ? connection.opened < began : /answer-lost/.test(kind)));
  const numbers = late.flatMap(({ connection }) => connection?.number ?? []);
  const isInFlight = failures.length === total(failed) && isAtOnce && isOnOld && new Set(numbers).size === numbers.length;
  return isInFlight ? [] : [`${what}: more failed than what was in flight: ${JSON.stringify(late)}`];
}

const kills: Section = async (load) => {
  const wrong: string[] = [];
  const pods = [...(await podsOf(namespace)), ...(await podsOf(stores))].filter((pod) => !isStore(pod));
  for (const pod of pods) wrong.push(...(await forceOut(load, pod)));
  if (!kill) return [...wrong, 'NODE_KILL is not set: nothing was killed'];
  for (const container of await containers((pod) => !isStore(pod))) wrong.push(...(await killOff(load, container)));
  return wrong;
};

async function restarts(): Promise<number> {
  return (await podsOf(namespace))
    .flatMap(({ status }) => status.containerStatuses ?? [])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
}
/** Seconds until three seconds went by without another failure. */
async function untilNoneFails(load: LoadJob): Promise<number> {
  const began = Date.now();
  let [last, since] = [await load.line(), Date.now()];
  while (Date.now() - since < 5_000 && Date.now() - began < 120_000) {
    await pause(500);
    const now = await load.line();
    if (total(now.failed) > total(last.failed)) since = Date.now();
    last = now;
  }
  return (since - began) / 1000;
}

const store: Section = async (load) => {
  if (!kill) return ['NODE_KILL is not set: the document store was not killed'];
  const wrong: string[] = [];
  for (const container of await containers(isStore)) {
    const before = await restarts();
    const underWay = await load.underWay();
    let seconds = 0;
    const failed = await under(load, `SIGKILL of ${container.pod.metadata.name}, ${container.name}`, async () => {
      await shell((kill as string).replaceAll('{id}', container.id));
      seconds = await untilNoneFails(load);
      await whole(120);
    });
    console.log(`${' '.repeat(44)} answers again after ${seconds.toFixed(1)} s, ${(await restarts()) - before} restarts of services`);
    const others = Object.entries(failed).filter(([kind]) => !/503 .*with Retry-After/.test(kind));
    const cut = others.reduce((sum, [, count]) => sum + count, 0);
    if (cut > underWay) wrong.push(`store away: something else than 503 with Retry-After: ${JSON.stringify(Object.fromEntries(others))}`);
    if (seconds > 60) wrong.push(`store away: whole only after ${seconds} s`);
    if ((await restarts()) !== before) wrong.push('store away: a service restarted');
  }
  return wrong;
};

/** Done under the load, each with a load of its own; `policies` comes before them and `restore` after. */
const sections = new Map<string, Section>([
  ['rolling', rolling],
  ['release', release],
  ['kills', kills],
  ['store', store],
]);

async function run(name: string, section: Section, image: string): Promise<string[]> {
  console.log(`\n${name}, ${rate} requests a second, half of them writes`);
  const load = await startLoadJob(`load-${name}`, image, rate);
  const wrong = await section(load).catch((error: Error) => [`${name}: ${error.message}`]);
  const account = await load.end().catch((error: Error) => error);
  if (account instanceof Error) return [...wrong, `${name}: ${account.message}`];
  const { sent, failed, writes, old, skipped, p50, p95, wrong: lost = 0, examples = [] } = account;
  console.log(`${name}: ${total(failed)} of ${sent} failed, ${JSON.stringify(writes)}, ${skipped} not sent, p50 ${p50} ms, p95 ${p95} ms`);
  console.log(`${name}: ${lost} acknowledged writes lost or not found by search, ${old} reads of a state before an acknowledged write`);
  return lost > 0 ? [...wrong, ...examples] : wrong;
}

/** Exit code: 1 when anything was not as it should be. */
export async function clusterDrill(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '10' },
      rate: { type: 'string', default: '100' },
      fresh: { type: 'boolean', default: false },
    },
  });
  rounds = Number(values.rounds);
  rate = Number(values.rate);
  const known = ['policies', ...sections.keys(), 'restore'];
  const wanted = positionals.length > 0 ? positionals : known;
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}; say some of: ${known.join(', ')}`);

  if (values.fresh) await kubectl('delete', 'namespace', namespace, stores, '--ignore-not-found', '--timeout=180s');
  console.log(`the trial is whole after ${(await deploy()).toFixed(0)} s`);
  const image = await kubectl('get', 'deployment', 'gateway', '-n', namespace, '-o', 'jsonpath={.spec.template.spec.containers[0].image}');
  const wrong = wanted.includes('policies') ? await tryPolicies() : [];
  for (const [name, section] of sections) if (wanted.includes(name)) wrong.push(...(await run(name, section, image)));
  if (wanted.includes('restore')) wrong.push(...(await tryRestore().catch((error: Error) => [`restore: ${error.message}`])));
  console.log(wrong.length > 0 ? `\nNot as it should be:\n${wrong.join('\n')}` : '\nEverything as it should be.');
  return wrong.length > 0 ? 1 : 0;
}
