// Brings the trial up on the node that KUBECONFIG points at: namespaces, Secrets where there are none, then everything.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Manifest, render, rootFolder } from '../check/manifests/render.ts';
import { apply, kubectl, until } from './kubectl.ts';

export const namespace = 'sidekick-staging';
export const stores = 'sidekick-stores';
/** What a release replaces, in turn: parts that answer before the one that asks. */
export const workloads = ['Deployment/content', 'Deployment/staffing', 'StatefulSet/search', 'Deployment/gateway'] as const;
const folder = (name: 'trial' | 'next'): string => join(rootFolder, 'infra/cluster', name);

const exists = (...args: string[]): Promise<boolean> =>
  kubectl('get', ...args).then(
    () => true,
    () => false,
  );

/** Passwords and keys are made once and stay as long as their namespace. */
async function makeSecrets(): Promise<void> {
  if (await exists('secret', '-n', stores, 'stores')) return;
  const password = (): string => randomBytes(24).toString('hex');
  const made = { REDIS_PASSWORD: password(), RABBITMQ_PASSWORD: password(), POSTGRES_PASSWORD: password() };
  const env = {
    ...process.env,
    MONGO_URL: `mongodb://sidekick:${made.POSTGRES_PASSWORD}@mongo.${stores}:27017/`,
    AMQP_URL: `amqp://sidekick:${made.RABBITMQ_PASSWORD}@rabbitmq.${stores}:5672`,
    REDIS_URL: `redis://:${made.REDIS_PASSWORD}@redis.${stores}:6379`,
  };
  const script = join(rootFolder, 'infra/cluster/secrets.mjs');
  const said = execFileSync(process.execPath, [...process.execArgv, script, namespace], { env, encoding: 'utf8' });
  await apply((JSON.parse(said) as { items: object[] }).items);
  await apply([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'stores', namespace: stores }, stringData: made }]);
}

/** A token of ops and manager for the trial, made anew. */
export async function token(): Promise<string> {
  const said = await kubectl('exec', '-n', namespace, 'deployment/gateway', '--', 'node', '/app/infra/image/run.mjs', 'gateway', 'token');
  return said.trim().split('\n').at(-1) ?? '';
}

/** Host and port that the portal has in public: it answers to no other. */
export async function publicHost(): Promise<string> {
  const said = await kubectl('get', 'configmap', '-n', namespace, '-o', 'jsonpath={.items[*].data.PUBLIC_URL}');
  return new URL(said.split(' ')[0] ?? '').host;
}

/** The migration Job of what was applied has ended well. */
async function migrated(job: string): Promise<void> {
  await kubectl('wait', '-n', namespace, `job/${job}`, '--for=condition=Complete', '--timeout=300s');
}

const rolledOut = (workload: string) => kubectl('rollout', 'status', '-n', namespace, workload, '--timeout=600s');

/** Every pod of both namespaces that should be ready is; asked of the API server. */
export async function whole(seconds: number): Promise<void> {
  await until('every pod ready', seconds, async () => {
    const states = await Promise.all(
      [namespace, stores].map((space) =>
        kubectl(
          'get',
          'deployments,statefulsets',
          '-n',
          space,
          '-o',
          'jsonpath={range .items[*]}{.spec.replicas}={.status.readyReplicas} {end}',
        ),
      ),
    );
    return states
      .join(' ')
      .trim()
      .split(/\s+/)
      .every((pair) => pair.split('=')[0] === pair.split('=')[1]);
  });
}

const releaseJob = (objects: readonly Manifest[]): string => objects.find(({ kind }) => kind === 'Job')?.metadata.name ?? '';

/** Applies the trial, with warnings as errors, as an ops engineer would. Answers seconds until whole. */
export async function deploy(): Promise<number> {
  const began = Date.now();
  const objects = render(folder('trial'));
  await apply(objects.filter(({ kind }) => kind === 'Namespace'));
  await makeSecrets();
  // An image built anew under the same tag may need another migration; doing it again changes nothing.
  await kubectl('delete', 'job', '-n', namespace, releaseJob(objects), '--ignore-not-found');
  await kubectl('apply', '--validate=strict', '--warnings-as-errors', '-k', folder('trial'));
  await migrated(releaseJob(objects));
  for (const workload of workloads) await rolledOut(workload);
  await whole(300);
  return (Date.now() - began) / 1000;
}

/** The next release as infra/docs/upgrade.md says for a small node: the migration while everything old serves, then one part after the other. */
export async function upgrade(): Promise<void> {
  const objects = render(folder('next'));
  const name = releaseJob(objects);
  await kubectl('delete', 'job', '-n', namespace, name, '--ignore-not-found');
  await apply(objects.filter(({ kind, metadata }) => kind === 'Job' && metadata.name === name));
  await migrated(name);
  await inTurn((workload) => apply(objects.filter(({ kind, metadata }) => `${kind}/${metadata.name}` === workload)));
}

/** Back to what ran before. */
export const undo = (): Promise<void> => inTurn((workload) => kubectl('rollout', 'undo', '-n', namespace, workload));

async function inTurn(change: (workload: string) => Promise<unknown>): Promise<void> {
  for (const workload of workloads) {
    await change(workload);
    await rolledOut(workload);
  }
  await whole(300);
}
