import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Identity, PlanView } from '@sidekick/contracts';
import { aManager, anEngineer, anOps, newAssignment, newRecord, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

jest.setTimeout(120_000);

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

const dates = { from: '2026-11-30', to: '2027-01-03' };
const ben = newPerson('Ben Carter', { private: { name: 'Ben Carter', email: null, note: 'vexillary' } });
const noor = newPerson('Noor Haddad');
const ana = newPerson('Ana Duarte');
const atlas = newProject('Atlas', dates);
const coral = newProject('Coral Index', dates);
const lead = newAssignment(ben, atlas, 'lead', dates);
const coralLead = newAssignment(ben, coral, 'lead', { ...dates, hoursPerWeek: 4 });
const offer = newRecord('volunteer', { person: noor.id, project: atlas.id, private: { note: 'sesquipedal' } });
const weeks = ['2026-W49', '2026-W53'];

const ask = (method: string, path: string, body?: unknown, as: Identity = aManager) =>
  portal.client.ask<any>(method, path, { as, ...(body === undefined ? {} : { body }) });
const aGroup = () => portal.change([ben, noor, ana, atlas, coral, lead, coralLead, offer]);

async function ended(id: string): Promise<PlanView> {
  const look = async () => {
    const { body } = await ask('get', `/plans/${id}`);
    return ['waiting', 'running'].includes(body.state) ? null : body;
  };
  return until('the plan to end', look, 60);
}
async function aPlan(request: object = {}): Promise<PlanView> {
  const { status, body } = await ask('post', '/plans', { weeks, ...request });
  expect(status).toBe(202);
  return ended(body.id);
}
const accept = (plan: PlanView, choices: number[], more: object = {}) =>
  ask('post', `/plans/${plan.id}/accept`, { id: ulid(), choices, ...more });
const sidekicks = async () =>
  (await ask('get', '/assignments?limit=100')).body.items.filter(({ role }: { role: string }) => role === 'sidekick');
const choiceOn = (plan: PlanView, project: { id: string }) => {
  const found = plan.answer?.choices.find((one) => one.project === project.id);
  if (!found) throw new Error('no choice on the project');
  return found;
};

describe('a plan', () => {
  test('fills the gaps, proven, says why and at which head it was made', async () => {
    await aGroup();
    const plan = await aPlan();
    expect(plan).toMatchObject({ state: 'done', by: aManager.account, error: null, reason: null, accepted: [] });
    const { answer } = plan;
    expect(answer).toMatchObject({ head: 1, status: 'proven', bound: null, slots: 10, filled: 10, open: [] });
    expect(answer?.levels.map(({ status }) => status)).toEqual(['proven', 'proven', 'proven', 'proven']);
    expect(choiceOn(plan, atlas)).toMatchObject({
      ...{ person: noor.id, from: '2026-11-30', to: '2027-01-03', hoursPerWeek: 8, hours: 40 },
      before: ['none', 'none', 'none', 'none', 'none'],
      why: { volunteered: true, knowledgeState: 'cold', could: 2, isLocked: false, leastFree: 38, others: [ana.id] },
    });
    expect((await ask('get', '/plans')).body.items).toMatchObject([{ id: plan.id, weeks, outcome: { filled: 10, slots: 10 } }]);
    expect(JSON.stringify(await ask('get', `/plans/${plan.id}`))).not.toMatch(/vexillary|sesquipedal|Carter/);
  });

  test('says of what stays open who could and which rule is against the others', async () => {
    await aGroup();
    const forbid = [noor, ana].map(({ id }) => ({ person: id, project: atlas.id }));
    const { answer } = await aPlan({ forbid });
    expect(answer).toMatchObject({ filled: 5, slots: 10 });
    expect(answer?.open).toEqual([
      {
        project: atlas.id,
        weeks: ['2026-W49', '2026-W50', '2026-W51', '2026-W52', '2026-W53'],
        from: '2026-11-30',
        to: '2027-01-03',
        states: ['none', 'none', 'none', 'none', 'none'],
        could: [],
        ruledOut: expect.arrayContaining([
          { rule: 'sidekick-leads', people: [ben.id] },
          { rule: 'forbidden', people: [noor.id, ana.id] },
        ]),
      },
    ]);
  });

  test('keeps locks, and names the rule that they break', async () => {
    await aGroup();
    const lock = (person: { id: string }) => ({ person: person.id, project: atlas.id, weeks: ['2026-W49', '2026-W51'] });
    const kept = await aPlan({ locks: [lock(ana)] });
    expect(choiceOn(kept, atlas)).toMatchObject({ person: ana.id, why: { isLocked: true } });
    const broken = await aPlan({ locks: [lock(ana), lock(noor)] });
    expect(broken).toMatchObject({ state: 'done', answer: null, error: { rule: 'P9', project: atlas.id, week: '2026-W49' } });
  });

  test('is refused where it is none or too large, with the field', async () => {
    await aGroup();
    const refused = async (request: object) => {
      const { status, body } = await ask('post', '/plans', { weeks, ...request });
      return [status, body.errors?.[0]];
    };
    expect(await refused({ weeks: ['2026-W49', '2032-W35'] })).toEqual([
      400,
      { path: 'weeks', message: 'At most 104 weeks; these are 300' },
    ]);
    expect(await refused({ weeks: ['2026-W49', '2027-W53'] })).toEqual([
      400,
      { path: 'weeks', message: '2027-W53 is no week: that year has 52' },
    ]);
    expect(await refused({ weeks: ['2026-W49', '2026-W48'] })).toEqual([
      400,
      { path: 'weeks', message: 'The last week is before the first: 2026-W48 < 2026-W49' },
    ]);
    expect(await refused({ forbid: [{ person: ulid(), project: atlas.id }] })).toEqual([
      400,
      { path: 'forbid.0.person', message: 'There is no such person' },
    ]);
    expect((await refused({ seconds: 601 }))[0]).toBe(400);
  });

  test('is for managers alone', async () => {
    await aGroup();
    const plan = await aPlan();
    for (const as of [anEngineer, anOps]) {
      for (const [method, path, body] of [
        ['post', '/plans', { weeks }],
        ['get', '/plans', undefined],
        ['get', `/plans/${plan.id}`, undefined],
        ['post', `/plans/${plan.id}/compare`, { choices: [0] }],
        ['post', `/plans/${plan.id}/accept`, { id: ulid(), choices: [0] }],
        ['delete', `/plans/${plan.id}`, undefined],
      ] as const)
        expect((await ask(method, path, body, as)).status).toBe(403);
    }
    expect((await ask('delete', `/plans/${plan.id}`)).status).toBe(204);
    expect((await ask('get', `/plans/${plan.id}`)).status).toBe(404);
  });
});

describe('accepting', () => {
  test('makes the choices assignments in one change set, which an undo takes back', async () => {
    await aGroup();
    const plan = await aPlan();
    const choice = choiceOn(plan, atlas);
    const compared = (await ask('post', `/plans/${plan.id}/compare`, { choices: [choice.id] })).body;
    expect(compared).toMatchObject({
      before: { covered: 0, needed: 10, gaps: 2 },
      after: { covered: 5, needed: 10, gaps: 1 },
      changed: [],
    });
    const done = await accept(plan, [choice.id], { state: 'tentative' });
    expect(done).toMatchObject({ status: 201, body: { number: 2, items: [{ kind: 'assignment' }] } });
    expect(await sidekicks()).toMatchObject([
      { person: noor.id, project: atlas.id, from: '2026-11-30', to: '2027-01-03', hoursPerWeek: 8, state: 'tentative' },
    ]);
    const read = async () => (await ask('get', `/plans/${plan.id}`)).body.accepted;
    expect(await read()).toMatchObject([{ number: 2, state: 'tentative', choices: [choice.id], stands: true }]);
    expect(await accept(plan, [choice.id])).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:already-accepted' } });
    expect((await ask('post', '/changes/2/undo')).status).toBe(201);
    expect(await sidekicks()).toEqual([]);
    expect(await read()).toMatchObject([{ number: 2, stands: false }]);
    expect((await accept(plan, [choice.id])).status).toBe(201);
    expect(await sidekicks()).toMatchObject([{ state: 'confirmed' }]);
  });

  test('of one part leaves the rest to be accepted later; the same request again answers what is stored', async () => {
    await aGroup();
    const plan = await aPlan();
    const [one, other] = [choiceOn(plan, atlas), choiceOn(plan, coral)];
    const body = { id: ulid(), choices: [one.id], state: 'confirmed' };
    const first = await ask('post', `/plans/${plan.id}/accept`, body);
    const again = await ask('post', `/plans/${plan.id}/accept`, body);
    expect([first.status, again.status, again.body.number]).toEqual([201, 201, first.body.number]);
    expect((await accept(plan, [other.id])).status).toBe(201);
    expect(await sidekicks()).toHaveLength(2);
    const { body: compared } = await ask('post', `/plans/${plan.id}/compare`, { choices: [one.id, other.id] });
    expect(compared).toMatchObject({ before: { covered: 10 }, after: { covered: 10 }, changed: [] });
  });

  test('is refused when what it rests on has changed, and says by what; what is elsewhere or taken back does not count', async () => {
    await aGroup();
    const plan = await aPlan();
    const choice = choiceOn(plan, atlas);
    const other = choice.person === noor.id ? ana : noor;
    const person = choice.person === noor.id ? noor : ana;
    await portal.change([newPerson('Somebody Else'), newRecord('timeOff', { person: other.id, from: '2026-12-07', to: '2026-12-08' })]);
    const leave = newRecord('timeOff', { person: person.id, from: '2026-12-07', to: '2026-12-11', state: 'approved' });
    await portal.change([leave]);
    const refused = await accept(plan, [choice.id]);
    expect(refused).toMatchObject({
      status: 409,
      body: { type: 'urn:sidekick:problem:plan-moved', numbers: [3], changedBy: [{ number: 3, by: { name: 'Helena Prado' } }] },
    });
    expect((await ask('post', `/plans/${plan.id}/compare`, { choices: [choice.id] })).body.changed).toEqual([3]);
    expect(await sidekicks()).toEqual([]);
    expect((await ask('post', '/changes/3/undo')).status).toBe(201);
    expect((await accept(plan, [choice.id])).status).toBe(201);
  });

  test('is compared as far as it still can be when somebody planned has left', async () => {
    await aGroup();
    const plan = await aPlan();
    const choice = choiceOn(plan, atlas);
    const contract = { from: null, to: '2026-11-30' };
    await portal.change([{ do: 'change', kind: 'person', id: choice.person, version: 1, patch: { contract } }]);
    const { status, body } = await ask('post', `/plans/${plan.id}/compare`, { choices: [choice.id] });
    expect([status, body.changed]).toEqual([200, [2]]);
  });

  test('counts a holiday of the region of who is planned, and of no other', async () => {
    const lisbon = newPerson('Rita Faria', { region: 'PT' });
    await portal.change([ben, lisbon, atlas, lead]);
    const plan = await aPlan();
    const { id } = choiceOn(plan, atlas);
    await portal.change([newRecord('holiday', { region: 'DE', date: '2026-12-25', name: 'Weihnachten' })]);
    expect((await ask('post', `/plans/${plan.id}/compare`, { choices: [id] })).body.changed).toEqual([]);
    await portal.change([newRecord('holiday', { region: 'PT', date: '2026-12-25', name: 'Natal' })]);
    expect((await ask('post', `/plans/${plan.id}/compare`, { choices: [id] })).body.changed).toEqual([3]);
  });
});
