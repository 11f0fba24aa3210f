import type { Bus } from '@sidekick/bus';
import { type LastBackup, PartStatus, type PartView, type SystemView } from '@sidekick/contracts';
import type { Missing } from '@sidekick/service-kit';
import { z } from 'zod';
import { withTimeout } from '../common/races.ts';
import type { Forward, PartAnswer } from '../forward/forward.ts';
import { durableQueues } from './queues.ts';

/** How long a part, or the bus, may take to say how it is, in milliseconds: with what `MonitoringAccess` waits the answer is there within two seconds. */
const patience = 1_500;

export interface OverviewDeps {
  forward: Pick<Forward, 'askAll'>;
  /** Names of the other parts. */
  parts: readonly string[];
  bus: Pick<Bus, 'deadLetterCount' | 'health'>;
  /** What the gateway itself misses, and what it says of itself. */
  missing: () => Promise<Missing>;
  status: () => Promise<PartStatus>;
  lastBackup: () => Promise<LastBackup | null>;
}

type Replica = PartView['replicas'][number];

/** How the portal is. Never rejects and never waits for a part that hangs. */
export async function overview(deps: OverviewDeps, requestId: string): Promise<SystemView> {
  const { parts, bus, lastBackup } = deps;
  const [own, others, dead, backup] = await Promise.all([
    ownPart(deps),
    Promise.all(parts.map((name) => otherPart(deps, name, requestId))),
    Promise.all(durableQueues.map(async (queue) => ({ queue, count: await countOf(bus, queue) }))),
    within(lastBackup(), null),
  ]);
  return { at: new Date().toISOString(), parts: [own, ...others], dead, backup };
}

/** Not asked while the broker is away: it would only wait. */
const countOf = async (bus: OverviewDeps['bus'], queue: (typeof durableQueues)[number]): Promise<number | null> =>
  bus.health().ok ? within(bus.deadLetterCount(queue), null) : null;

async function ownPart({ missing, status }: OverviewDeps): Promise<PartView> {
  const lost: Missing = { vital: ['store'], other: [] };
  const [lacks, said] = await Promise.all([within(missing(), lost), within(status(), null)]);
  const names = [...lacks.vital, ...lacks.other];
  const state = lacks.vital.length > 0 ? 'down' : names.length > 0 ? 'degraded' : 'ready';
  return partOf('gateway', [{ address: 'this gateway', state, missing: names, status: said }]);
}

async function otherPart({ forward }: OverviewDeps, name: string, requestId: string): Promise<PartView> {
  const ask = (path: string) => within(forward.askAll(name, { path, signed: null, requestId, patience }), []);
  const [ready, said] = await Promise.all([ask('/readyz'), ask('/status')]);
  const statuses = new Map(said.map(({ address, answer }) => [address, answer && parse(PartStatus, answer)]));
  const replicas = ready.map(({ address, answer }) => replicaOf(address, answer, statuses.get(address) ?? null));
  return partOf(name, replicas.length > 0 ? replicas : [replicaOf('', null, null)]);
}

const Ready = z.object({ missing: z.array(z.string()) });

function replicaOf(address: string, answer: PartAnswer | null, status: PartStatus | null): Replica {
  const said = answer && parse(Ready, answer);
  if (!answer || !said) return { address, state: 'down', missing: ['answer'], status };
  const state = answer.status !== 200 ? 'down' : said.missing.length > 0 ? 'degraded' : 'ready';
  return { address, state, missing: said.missing, status };
}

/** A part is down when none of its replicas can answer, and degraded when one of them is not well. */
function partOf(name: string, replicas: Replica[]): PartView {
  const all = (state: Replica['state']) => replicas.every((replica) => replica.state === state);
  const state = all('ready') ? 'ready' : all('down') ? 'down' : 'degraded';
  const missing = [...new Set(replicas.flatMap((replica) => replica.missing))];
  return { name, state, ready: state !== 'down', missing, replicas };
}

/** Null for an answer that is not what it should be. */
function parse<T extends z.ZodType>(schema: T, { body }: PartAnswer): z.output<T> | null {
  try {
    return schema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

/** What a promise gives in time; `otherwise` when it is late or rejects. */
const within = <T>(promise: Promise<T>, otherwise: T): Promise<T> => withTimeout(patience + 200, promise, otherwise).catch(() => otherwise);
