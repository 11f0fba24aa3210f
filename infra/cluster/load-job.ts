// The load of infra/drill/load.ts as a Job inside the cluster, in a namespace that the policies take for the ingress.
import type { Counts, Failure } from '../drill/load.ts';
import { apply, kubectl, until } from './kubectl.ts';
import { namespace, publicHost, token } from './trial.ts';

/** A line of infra/drill/load-job.ts. */
export interface Line extends Counts {
  at: string;
  ended?: true;
  wrong?: number;
  examples?: string[];
}

export interface LoadJob {
  line(): Promise<Line>;
  /** Of the requests that failed since then (as of Date.now()), when each was sent and when it failed. */
  failuresSince(moment: number): Promise<Failure[]>;
  /** The most requests that were under way at once in the last seconds. */
  underWay(): Promise<number>;
  /** Stops the load; answers its account of what stands and what search finds. */
  end(): Promise<Line>;
}

const space = 'sidekick-load';

async function secretToken(): Promise<void> {
  await apply([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: space, labels: { 'sidekick/role': 'ingress', 'pod-security.kubernetes.io/enforce': 'restricted' } },
    },
  ]);
  const stringData = { SIDEKICK_TOKEN: await token(), SIDEKICK_URL: `http://gateway.${namespace}:8080`, SIDEKICK_HOST: await publicHost() };
  await apply([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'load', namespace: space }, stringData }]);
}

const jobOf = (name: string, image: string, perSecond: number): object => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, namespace: space },
  spec: {
    backoffLimit: 0,
    ttlSecondsAfterFinished: 3600,
    template: {
      metadata: { labels: { 'app.kubernetes.io/name': 'load' } },
      spec: {
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'load',
            image,
            args: ['load'],
            env: [{ name: 'LOAD_PER_SECOND', value: String(perSecond) }],
            envFrom: [{ secretRef: { name: 'load' } }],
            securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
            resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '768Mi' } },
          },
        ],
      },
    },
  },
});

/** Starts the load and waits until it flows. */
export async function startLoadJob(name: string, image: string, perSecond: number): Promise<LoadJob> {
  await secretToken();
  await kubectl('delete', 'job', '-n', space, name, '--ignore-not-found', '--wait=true');
  await apply([jobOf(name, image, perSecond)]);
  const lines = async (count: number): Promise<Line[]> => {
    const said = await kubectl('logs', '-n', space, `job/${name}`, `--tail=${count}`);
    return said
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each) as Line);
  };
  const line = async (): Promise<Line> => (await lines(1))[0] as Line;
  await until('the load', 60, async () => (await line()).sent > 5 * perSecond);
  return {
    line,
    async failuresSince(moment) {
      const recent = await lines(Math.ceil((Date.now() - moment) / 1000) + 10);
      return recent.flatMap(({ failures }) => failures).filter(({ failed }) => failed >= moment);
    },
    underWay: async () => Math.max(...(await lines(5)).map(({ underWay }) => underWay)),
    async end() {
      await kubectl('exec', '-n', space, `job/${name}`, '--', 'node', '-e', "process.kill(1, 'SIGTERM')");
      let last: Line | undefined;
      await until('the account of the load', 300, async () => {
        const [failed] = (await kubectl('get', 'job', '-n', space, name, '-o', 'jsonpath={.status.failed}')).split(' ');
        last = await line().catch(() => undefined);
        if (failed && !last) throw new Error(`the load broke off:\n${await kubectl('logs', '-n', space, `job/${name}`, '--tail=12')}`);
        return last?.ended === true;
      });
      return last as Line;
    },
  };
}
