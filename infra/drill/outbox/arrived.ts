import type { ChangeSetView, Envelope } from '@sidekick/contracts';
import { until } from '@sidekick/testing';
import type { Apart, Witness } from '@sidekick/testing/apart';

export interface Arrived {
  /** The newest version of each page, tombstones too, and every record of every change set: each must have come. */
  due: number;
  missing: string[];
  /** Versions of pages that a newer one overtook before they were sent, as the outbox in the document allows. */
  overtaken: number;
  /** Different events that came, and of them those that came more than once: sent, then not known to be sent. */
  events: number;
  twice: number;
}

/** Compares what the owners hold with what a consumer got, once it has had a minute. */
export async function arrivedOf(apart: Apart, witness: Witness): Promise<Arrived> {
  const pages = await lines(apart, '/pages/snapshot');
  const sets = await changeSets(apart);
  const due = [
    ...pages.map(({ subject, sequence }) => ({ subject, sequence })),
    ...sets.flatMap(({ number, changes }) => changes.map(({ id }) => ({ subject: id, sequence: number }))),
  ];
  const missing = () => due.filter(({ subject, sequence }) => witness.times(subject, sequence) === 0);
  await until('every event', () => missing().length === 0, 60).catch(() => {});
  const versions = pages.flatMap(({ subject, sequence }) => Array.from({ length: sequence - 1 }, (_, n) => ({ subject, sequence: n + 1 })));
  const { events, twice } = witness.counts();
  return {
    due: due.length,
    missing: [
      ...missing().map(({ subject, sequence }) => `${subject} at ${sequence} never came`),
      ...pages.filter((page) => !isSame(page, witness.newest(page.subject))).map(({ subject }) => `${subject} is not what its owner holds`),
    ],
    overtaken: versions.filter(({ subject, sequence }) => witness.times(subject, sequence) === 0).length,
    events,
    twice,
  };
}

/** In the words of the owner that answers: a newer release may have sent fields that it does not know. */
function isSame({ sequence, data: owner }: Envelope, came: Envelope | undefined): boolean {
  if (came?.sequence !== sequence || came.data.deleted !== owner.deleted || !owner.state || !came.data.state)
    return came?.sequence === sequence && came.data.deleted === owner.deleted && !owner.state === !came.data.state;
  const said = came.data.state as Record<string, unknown>;
  const known = Object.fromEntries(Object.keys(owner.state).map((key) => [key, said[key]]));
  return JSON.stringify(known) === JSON.stringify(owner.state);
}

async function get(apart: Apart, path: string): Promise<Response> {
  const response = await fetch(`${apart.url}/api/v1${path}`, { headers: { authorization: `Bearer ${apart.token}` } });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
  return response;
}

/** Events of a snapshot, which ends with a count of them. */
async function lines(apart: Apart, path: string): Promise<Envelope[]> {
  const all = (await (await get(apart, path)).text()).trim().split('\n');
  const { end } = JSON.parse(all.pop() ?? '{}') as { end?: number };
  if (end !== all.length) throw new Error(`${path} broke off`);
  return all.map((line) => JSON.parse(line) as Envelope);
}

async function changeSets(apart: Apart): Promise<ChangeSetView[]> {
  const sets: ChangeSetView[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = `/changes?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const body = (await (await get(apart, path)).json()) as { items: ChangeSetView[]; nextCursor: string | null };
    sets.push(...body.items);
    cursor = body.nextCursor;
  }
  return sets;
}
