import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { PlanRequest, type PlanView } from '@sidekick/contracts';
import { aManager, newAssignment, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import type { solvePlan } from '../plan/solve.ts';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';
import { newPlan, plans } from './plan.ts';
import { sweepPlans } from './queue.ts';

jest.setTimeout(60_000);

type Solve = typeof solvePlan;
let portal: Portal;
afterEach(() => portal.close());

const dates = { from: '2026-11-30', to: '2027-01-03' };
const ben = newPerson('Ben Carter');
const noor = newPerson('Noor Haddad');
const atlas = newProject('Atlas', dates);
const weeks = ['2026-W49', '2026-W53'];

const ask = (method: string, path: string, body?: unknown) =>
  portal.client.ask<any>(method, path, { as: aManager, ...(body === undefined ? {} : { body }) });

/** A portal whose plans are made by a stand-in for the solver. */
async function withSolver(solve: Solve, graceSeconds?: number): Promise<void> {
  portal = await aPortal({ planning: { solve, ...(graceSeconds === undefined ? {} : { graceSeconds }) } });
  await portal.change([ben, noor, atlas, newAssignment(ben, atlas, 'lead', dates)]);
}
const asked = async (request: object = {}): Promise<string> => (await ask('post', '/plans', { weeks, ...request })).body.id;
const read = async (id: string): Promise<PlanView> => (await ask('get', `/plans/${id}`)).body;
const reaches = (id: string, state: PlanView['state']) =>
  until(`the plan to be ${state}`, async () => {
    const plan = await read(id);
    return plan.state === state ? plan : null;
  });
const never = () => new Promise<never>(() => undefined);
const head = async () => (await ask('get', '/changes')).body.items[0].number;

describe('plans that wait and run', () => {
  test('run one after the other, show how they go, and end at once when they are cancelled', async () => {
    const ends: AbortSignal[] = [];
    await withSolver((_problem, { onProgress, signal }) => {
      if (signal) ends.push(signal);
      const plan = [{ person: noor.id, project: atlas.id, weeks: ['2026-W49', '2026-W50'] }];
      onProgress?.({ level: 2, vector: [8, 0.2, -3, 0.1], bound: [8, 0.1, null, null], gap: 0.5, seconds: 1.5, plan });
      return never();
    });
    const [first, second, third] = [await asked(), await asked(), await asked()];
    const running = await reaches(first, 'running');
    await until('its progress', async () => (await read(first)).progress);
    expect((await read(first)).progress).toEqual({ level: 2, vector: [8, 0.2, -3, 0.1], bound: 0.1, gap: 0.5, seconds: 1.5, filled: 2 });
    expect(running.ahead).toBe(0);
    expect([await read(second), await read(third)]).toMatchObject([
      { state: 'waiting', ahead: 0 },
      { state: 'waiting', ahead: 1 },
    ]);
    expect((await ask('delete', `/plans/${second}`)).status).toBe(204);
    expect((await read(second)).state).toBe('cancelled');
    expect((await ask('delete', `/plans/${first}`)).status).toBe(204);
    const stopped = await reaches(first, 'cancelled');
    expect(stopped).toMatchObject({ reason: null, answer: { status: 'bound', bound: [8, 0.1, null, null], filled: 2, seconds: 1.5 } });
    expect(stopped.answer?.levels.map(({ status }) => status)).toEqual(['proven', 'bound', 'open', 'open']);
    expect(await read(second)).toMatchObject({ answer: null });
    expect(ends[0]?.aborted).toBe(true);
    await reaches(third, 'running');
    await ask('delete', `/plans/${third}`);
  });

  test('end by their limit, even when the search does not, and say so', async () => {
    await withSolver(never, 0.05);
    const plan = await reaches(await asked({ seconds: 1 }), 'dead');
    expect(plan).toMatchObject({ answer: null, reason: 'The search did not end by its limit of time; nothing was changed' });
  });

  test('that die are told, and leave the records and the next plan as they were', async () => {
    let tries = 0;
    await withSolver(async () => {
      tries += 1;
      if (tries === 1) throw new Error('inner words');
      return { status: 'proven', plan: [], vector: [0, 0, 0, 0], seconds: 0.1 };
    });
    const before = await head();
    const dead = await reaches(await asked(), 'dead');
    expect(dead.reason).toMatch(/^The search failed inside/);
    expect(JSON.stringify(dead)).not.toContain('inner words');
    expect(await head()).toBe(before);
    expect((await reaches(await asked(), 'done')).answer).toMatchObject({ filled: 0, slots: 5 });
    expect(tries).toBe(2);
  });

  test('that the limit of time left say how far each goal may be from the best', async () => {
    const plan = [{ person: noor.id, project: atlas.id, weeks: ['2026-W49', '2026-W50', '2026-W51'] }];
    await withSolver(async () => ({ status: 'bound', plan, vector: [12, 0.2, -3, 0.1], bound: [16, null, null, null], seconds: 1 }));
    const { answer } = await reaches(await asked(), 'done');
    expect(answer?.levels).toEqual([
      { status: 'bound', bound: 16, within: 0.25 },
      { status: 'open', bound: null, within: null },
      { status: 'open', bound: null, within: null },
      { status: 'open', bound: null, within: null },
    ]);
    expect(answer?.choices).toMatchObject([{ id: 0, from: '2026-11-30', to: '2026-12-20', hours: 24 }]);
    expect(answer?.open).toMatchObject([{ weeks: ['2026-W52', '2026-W53'], could: [noor.id] }]);
  });

  test('are forgotten a hundred days after their end, a day at a time', async () => {
    await withSolver(never);
    const collection = portal.store.collection(plans);
    const now = new Date('2026-11-30T09:00:00.000Z');
    const endedOn = async (endedDay: string | null) => {
      const plan = newPlan(ulid(), PlanRequest.parse({ weeks }), aManager.account, now);
      await collection.insert({ ...plan, state: endedDay === null ? 'running' : 'done', endedDay });
      return plan._id;
    };
    const [old, older, kept, running] = [
      await endedOn('2026-08-21'),
      await endedOn('2026-08-20'),
      await endedOn('2026-08-22'),
      await endedOn(null),
    ];
    expect([await sweepPlans(collection, now), await sweepPlans(collection, now), await sweepPlans(collection, now)]).toEqual([1, 1, 0]);
    expect(await Promise.all([old, older, kept, running].map((id) => collection.get(id)))).toMatchObject([null, null, {}, {}]);
  });

  test('are refused when too many wait', async () => {
    await withSolver(never);
    await reaches(await asked(), 'running');
    for (let n = 0; n < 20; n++) await asked();
    const refused = await ask('post', '/plans', { weeks });
    expect(refused).toMatchObject({ status: 503, body: { type: 'urn:sidekick:problem:plans-wait' } });
  });
});
