// Every pair of pairs.ts, tried from inside the pods of a trial: what is allowed opens, everything else does not. Needs a
// node that enforces NetworkPolicies. Run it with: npm run drill -- policies

import { apply, kubectl, objects, until } from './kubectl.ts';
import { allowed, fromOutside, services, type Target, targets } from './pairs.ts';
import { namespace, stores } from './trial.ts';

interface Pod {
  metadata: { name: string; labels: Record<string, string>; deletionTimestamp?: string };
  status: { podIP?: string; phase: string };
}
const outside = ['ingress', 'monitoring', 'none'].map((role) => ({ role, name: `sidekick-probe-${role}` }));

const probeScript = `const net = require('node:net');
const tries = JSON.parse(process.argv[1]);
Promise.all(tries.map(([target, host, port]) => new Promise((done) => {
  const socket = net.connect({ host, port, timeout: 3000 });
  const end = (open) => { socket.destroy(); done([target, open]); };
  socket.on('connect', () => end(true)).on('timeout', () => end(false)).on('error', () => end(false));
}))).then((all) => console.log(JSON.stringify(all)));`;

function probePod(name: string, space: string, image: string, labels: Record<string, string>): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: space, labels: { ...labels, 'sidekick/probe': 'true' } },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'probe',
          image,
          command: ['node', '-e', "process.once('SIGTERM', () => process.exit()); setInterval(() => {}, 60000)"],
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}

/** Running pods, by name: probes go out from the first and in to the last, since a pod always reaches itself. */
async function podsOf(space: string, key: string, value: string): Promise<Pod[]> {
  const pods = await objects<Pod>('pods', '-n', space, '-l', `${key}=${value},!sidekick/probe`, '--field-selector=status.phase=Running');
  return pods.filter((pod) => !pod.metadata.deletionTimestamp).sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
}

/** Where each target is, by the address of one of its pods: a Service's own address would hide which pod was meant. */
async function addresses(): Promise<[Target, string, number][]> {
  const podOf = async (space: string, key: string, value: string): Promise<string> => {
    const ip = (await podsOf(space, key, value)).at(-1)?.status.podIP;
    if (!ip) throw new Error(`no pod of ${value} runs`);
    return ip;
  };
  const own = await Promise.all(
    services.map(async (name) => [name, await podOf(namespace, 'app.kubernetes.io/name', name), 8080] as const),
  );
  const [node] = await objects<{ status: { addresses: { type: string; address: string }[] } }>('nodes');
  const nodeAddress = node?.status.addresses.find(({ type }) => type === 'InternalIP')?.address ?? '';
  const found: [Target, string, number][] = own.map(([name, ip, port]) => [name, ip, port]);
  found.push(['documents', await podOf(stores, 'app', 'mongo'), 27017], ['broker', await podOf(stores, 'app', 'rabbitmq'), 5672]);
  found.push(['cache', await podOf(stores, 'app', 'redis'), 6379], ['node', nodeAddress, 10250]);
  found.push(['dns', (await kubectl('get', 'service', '-n', 'kube-system', 'kube-dns', '-o', 'jsonpath={.spec.clusterIP}')).trim(), 53]);
  return found;
}

async function tryFrom(space: string, pod: string, tries: [Target, string, number][]): Promise<Map<Target, boolean>> {
  const said = await kubectl('exec', '-n', space, pod, '--', 'node', '-e', probeScript, JSON.stringify(tries));
  return new Map(JSON.parse(said) as [Target, boolean][]);
}

/** Starts the pods that stand for Jobs and for other namespaces; answers how to remove them. */
async function startProbes(image: string): Promise<() => Promise<void>> {
  const spaces = outside.map(({ role, name }) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: role === 'none' ? {} : { 'sidekick/role': role } },
  }));
  await apply(spaces);
  const ours = [...allowed.keys()].filter((name) => !(services as readonly string[]).includes(name));
  const part = { 'app.kubernetes.io/part-of': 'sidekick' };
  const pods = ours.map((name) =>
    name === 'a pod beside them'
      ? probePod('probe-beside', namespace, image, {})
      : probePod(`probe-${name}`, namespace, image, { 'app.kubernetes.io/name': name, ...part }),
  );
  await apply([...pods, ...outside.map(({ name }) => probePod('probe', name, image, {}))]);
  for (const space of [namespace, ...outside.map(({ name }) => name)]) {
    await kubectl('wait', '-n', space, 'pod', '-l', 'sidekick/probe', '--for=condition=Ready', '--timeout=120s');
  }
  return async () => {
    await kubectl('delete', 'pod', '-n', namespace, '-l', 'sidekick/probe', '--wait=false');
    await kubectl('delete', 'namespace', ...outside.map(({ name }) => name), '--wait=false');
  };
}

/** Prints the table and answers the pairs that are not as they should be. */
export async function tryPolicies(): Promise<string[]> {
  const image = (
    await kubectl('get', 'deployment', 'gateway', '-n', namespace, '-o', 'jsonpath={.spec.template.spec.containers[0].image}')
  ).trim();
  const remove = await startProbes(image);
  try {
    const where = await addresses();
    const sources: { name: string; space: string; pod: string; may: readonly Target[]; tries: typeof where }[] = [];
    for (const [name, may] of allowed) {
      const own = (services as readonly string[]).includes(name);
      const probe = name === 'a pod beside them' ? 'probe-beside' : `probe-${name}`;
      const pod = own ? ((await podsOf(namespace, 'app.kubernetes.io/name', name))[0]?.metadata.name ?? name) : probe;
      sources.push({ name, space: namespace, pod, may, tries: where });
    }
    // What pods of other namespaces may reach beside ours is for their own policies to say.
    const ours = where.filter(([target]) => target !== 'dns' && target !== 'node');
    for (const { role, name } of outside)
      sources.push({ name: `namespace: ${role}`, space: name, pod: 'probe', may: fromOutside.get(role) ?? [], tries: ours });
    const wrong: string[] = [];
    let pairs = 0;
    console.log(`${'from'.padEnd(24)}${targets.map((target) => target.padEnd(11)).join('')}`);
    for (const { name, space, pod, may, tries } of sources) {
      let seen = new Map<Target, boolean>();
      const differs = (target: Target) => seen.get(target) !== may.includes(target);
      // A policy reaches the node some moments after its pod; what is still wrong then is wrong.
      const settle = async () => {
        seen = await tryFrom(space, pod, tries);
        return !tries.some(([target]) => differs(target));
      };
      await until(`${name} as the table says`, 20, settle).catch(() => undefined);
      pairs += seen.size;
      for (const [target] of tries) if (differs(target)) wrong.push(`${name} -> ${target}: ${seen.get(target) ? 'open' : 'refused'}`);
      console.log(
        `${name.padEnd(24)}${targets.map((target) => (seen.has(target) ? (seen.get(target) ? 'open' : '·') : '').padEnd(11)).join('')}`,
      );
    }
    console.log(`${pairs} pairs, ${wrong.length} not as the table says`);
    return wrong;
  } finally {
    await remove();
  }
}
