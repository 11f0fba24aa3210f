// A backup and a restore by the Jobs of k8s/, on the trial: everything from before the backup is there again and found, what was
// written after it is gone.
import { setTimeout as pause } from 'node:timers/promises';
import { ulid } from 'ulid';
import { type Manifest, render, rootFolder } from '../check/manifests/render.ts';
import { type Client, clientOf, steady } from '../drill/load/client.ts';
import { startLoad } from '../drill/load.ts';
import { apply, kubectl, until } from './kubectl.ts';
import { forward } from './port-forward.ts';
import { namespace, publicHost, token, whole, workloads } from './trial.ts';

const job = 'backup-drill';

/** Runs the CronJob's Job at once. Answers the name of the file that it wrote. */
async function backup(): Promise<string> {
  await kubectl('delete', 'job', '-n', namespace, job, '--ignore-not-found');
  await kubectl('create', 'job', '-n', namespace, job, '--from=cronjob/backup');
  const said = await endOf(job);
  const file = /sidekick-\S+\.tar\.gz/.exec(said)?.[0];
  if (!file) throw new Error(`the backup Job names no file: ${said}`);
  console.log(`${' '.repeat(4)}${said.trim().split('\n').at(-1)}`);
  return file;
}

async function restore(file: string): Promise<void> {
  const objects = render(`${rootFolder}/infra/cluster/restore`);
  const isJob = ({ kind }: Manifest) => kind === 'Job';
  for (const object of objects.filter(isJob)) {
    const [container] = (object as unknown as { spec: { template: { spec: { containers: { args: string[] }[] } } } }).spec.template.spec
      .containers;
    if (container) container.args = container.args.map((arg) => arg.replace('FILE', file));
  }
  await kubectl('delete', 'job', '-n', namespace, 'restore', '--ignore-not-found');
  await apply(objects);
  console.log(`${' '.repeat(4)}${(await endOf('restore')).trim().split('\n').at(-1)}`);
  const policies = objects.filter((object) => !isJob(object)).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  await kubectl('delete', '-n', namespace, 'job/restore', ...policies);
}

/** Waits for a Job and answers its log; throws with it when the Job failed. */
async function endOf(name: string): Promise<string> {
  let how: string | undefined;
  await until(`the end of the Job ${name}`, 300, async () => {
    how = await kubectl('get', 'job', '-n', namespace, name, '-o', 'jsonpath={.status.conditions[?(@.status=="True")].type}');
    return /Complete|Failed/.test(how);
  });
  const said = await kubectl('logs', '-n', namespace, `job/${name}`);
  if (how?.includes('Failed')) throw new Error(`the ${name} Job did not end well:\n${said}`);
  return said;
}

async function scaled(replicas: 0 | 2): Promise<void> {
  for (const workload of workloads) await kubectl('scale', '-n', namespace, workload, `--replicas=${replicas}`);
  const parts = 'app.kubernetes.io/name in (gateway,content,search,staffing)';
  if (replicas === 0) await kubectl('wait', '-n', namespace, 'pod', '-l', parts, '--for=delete', '--timeout=180s');
  else await whole(300);
}

/** Makes a page and a person that a restore is to remove. Answers their paths. */
async function writeMore(client: Client): Promise<string[]> {
  const person = ulid();
  const patterns = [{ from: '2020-01-01', hours: [8, 8, 8, 8, 8, 0, 0] }];
  const record = { patterns, private: { name: 'After The-Backup', email: null, note: null } };
  const commands = [{ do: 'create', kind: 'person', id: person, record }];
  const page = { path: `after-the-backup-${person}`.toLowerCase(), title: 'After the backup', body: 'Soon gone.', visibility: 'internal' };
  const made = {
    page: await client.send({ method: 'POST', path: '/pages', body: page }),
    person: await client.send({ method: 'POST', path: '/changes', body: { id: ulid(), commands } }),
  };
  for (const [what, { status, body }] of Object.entries(made)) {
    if (status !== 201) throw new Error(`the ${what} after the backup was refused: ${status} ${JSON.stringify(body)}`);
  }
  return [`/pages/${made.page.body.id}`, `/people/${person}`];
}

async function statuses(client: Client, paths: readonly string[]): Promise<number[]> {
  const answers = [];
  for (const path of paths) answers.push((await steady(client).send({ method: 'GET', path })).status);
  return answers;
}

/** Answers what was not as it should be. */
export async function tryRestore(): Promise<string[]> {
  console.log('\nbackup and restore');
  const [secret, host] = [await token(), await publicHost()];
  let forwarded = await forward(namespace, 'gateway');
  const { url } = forwarded;
  const load = startLoad({ url, token: secret, host, perSecond: 20 });
  const client = clientOf({ url, token: secret, host });
  try {
    await pause(20_000);
    await load.stop();
    await load.settle();
    const file = await backup();
    const after = await writeMore(client);
    const written = await statuses(client, after);
    await forwarded.close();
    await scaled(0);
    await restore(file);
    await scaled(2);
    forwarded = await forward(namespace, 'gateway', Number(new URL(url).port));
    const left = await statuses(client, after);
    const lost = await load.verify();
    const { acknowledged } = load.counts().writes;
    console.log(
      `    ${acknowledged} writes from before the backup, ${lost.length} lost or not found; written after it: ${written} before, ${left} after`,
    );
    const stayed = after.filter((_, at) => written[at] !== 200 || left[at] !== 404);
    return [...lost, ...stayed.map((path) => `${path} was to be there before the restore and gone after it`)];
  } finally {
    load.close();
    client.close();
    await forwarded.close();
  }
}
