import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@sidekick/testing';
import { type Apart, type Replica, startApart, type Witness, witnessOf } from '@sidekick/testing/apart';
import { makeNextRelease } from '../next-release/make.ts';
import { type Counts, type Load, startLoad } from './load.ts';
import { arrivedOf } from './outbox/arrived.ts';
import type { Servers } from './outbox.ts';

export interface NextReleaseOptions {
  servers: Servers;
  /** Sent in each step at least a third of it. */
  requests: number;
  perSecond: number;
  /** Requests under way at most; see `LoadOptions`. */
  atOnce?: number;
  /** Pause of a part that ends, in which it answers on. */
  drainSeconds: number;
  say?: (line: string) => void;
}

export interface NextReleaseCounts {
  steps: { step: string; sent: number; failed: number; releases: string[] }[];
  load: Counts;
  /** Newest events of pages that carried the field of the next release, before the way back and after it. */
  withField: { before: number; after: number };
  /** Events that never came, what was acknowledged and does not stand, how search differs. */
  wrong: string[];
}

const rolled = ['content', 'search'] as const;

/** Two replicas each of content and search: one of them the next release, then both, then none again, under load. */
export async function nextReleaseDrill({
  servers,
  requests,
  perSecond,
  atOnce,
  drainSeconds,
  say = () => {},
}: NextReleaseOptions): Promise<NextReleaseCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'sidekick-next-'));
  let apart: Apart | undefined;
  let witness: Witness | undefined;
  let load: Load | undefined;
  try {
    makeNextRelease(folder);
    apart = await startApart({ ...servers, replicas: { content: 2, search: 2 }, env: { all: { DRAIN_SECONDS: String(drainSeconds) } } });
    const { replicas, names } = apart;
    witness = await witnessOf(servers.amqpUrl, names.prefix);
    const running = startLoad({ url: apart.url, token: apart.token, perSecond, ...(atOnce && { atOnce }) });
    load = running;
    const steps: NextReleaseCounts['steps'] = [];
    const step = async (what: string, ks: readonly number[], release?: string) => {
      const before = { sent: running.counts().sent, failed: running.failures() };
      for (const k of ks) await Promise.all(rolled.map((part) => exchange(replicas[part][k], release)));
      const releases = await Promise.all(rolled.flatMap((part) => replicas[part]).map(releaseOf));
      await until('requests of this step', () => running.counts().sent >= before.sent + requests / 3, 3_600);
      steps.push({ step: what, releases, sent: running.counts().sent - before.sent, failed: running.failures() - before.failed });
      say(`${what}: ${releases.join(', ')}`);
    };
    await step('old and new side by side', [1], folder);
    await step('new alone', [0], folder);
    const before = withField(witness);
    await step('back to old', [0, 1]);
    await running.stop();
    await running.settle();
    const wrong = await running.verify();
    const { missing } = await arrivedOf(apart, witness);
    return { steps, load: running.counts(), withField: { before, after: withField(witness) }, wrong: [...missing, ...wrong] };
  } finally {
    load?.close();
    await witness?.close();
    await apart?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function exchange(replica: Replica | undefined, release: string | undefined): Promise<void> {
  await replica?.stop();
  await replica?.start({}, release);
  await replica?.ready();
}

const releaseOf = async ({ part, url }: Replica): Promise<string> =>
  `${part} ${((await (await fetch(`${url}/status`)).json()) as { release: string }).release}`;

const withField = (witness: Witness): number =>
  witness.all().filter(({ type, data }) => type === 'content.page.changed.v1' && data.state !== null && 'words' in data.state).length;
