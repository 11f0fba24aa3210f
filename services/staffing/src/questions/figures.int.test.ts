import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { CrewWeeks, KnowledgeOverTime, KnownProjects, LoadWeeks, WholeGaps } from '@sidekick/contracts';
import { anEngineer, newAssignment } from '@sidekick/testing';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

const ask = (method: string, path: string, more: object = {}) => portal.client.ask(method, path, { as: anEngineer, ...more });

async function aCoveredProject() {
  const ines = newPerson('Ines Costa');
  const noor = newPerson('Noor Haddad');
  const atlas = newProject('Atlas');
  const lead = newAssignment(ines, atlas, 'lead', { hoursPerWeek: 24 });
  const cover = newAssignment(noor, atlas, 'sidekick');
  await portal.change([ines, noor, atlas, lead, cover]);
  return { ines, noor, atlas, lead, cover };
}

test('figures are answered in the order asked, under the head they belong to, and never stale', async () => {
  const { noor, atlas, cover } = await aCoveredProject();
  const questions = [
    { what: 'coverage', args: { project: atlas.id, week: '2026-W50' } },
    { what: 'remaining', args: { person: noor.id, eachWeek: ['2026-W49', '2026-W50'] } },
  ];
  const first = await ask('post', '/figures', { body: { questions } });
  expect(first.body).toEqual({ head: 1, today: '2026-11-30', answers: ['covered', [38, 30]] });
  expect((await ask('post', '/figures', { body: { questions } })).body).toEqual(first.body);
  await portal.change([{ do: 'change', kind: 'assignment', id: cover.id, version: 1, patch: { hoursPerWeek: 2 } }]);
  expect((await ask('post', '/figures', { body: { questions } })).body).toEqual({
    head: 2,
    today: '2026-11-30',
    answers: ['thin', [38, 36]],
  });
  const unknown = [{ what: 'net', args: { person: cover.id, week: '2026-W50' } }];
  expect((await ask('post', '/figures', { body: { questions: unknown } })).status).toBe(404);
});

test('what a page draws is answered as the contracts have it, and follows the log', async () => {
  const { ines, noor, atlas, cover } = await aCoveredProject();
  const weeks = ['2026-W49', '2026-W51'];
  const questions = [
    { what: 'load', args: { person: noor.id, weeks } },
    { what: 'crew', args: { project: atlas.id, weeks } },
    { what: 'wholeGaps', args: { project: atlas.id, weeks } },
    { what: 'knowledgeOverTime', args: { project: atlas.id, weeks } },
    { what: 'knows', args: { person: ines.id, on: '2026-12-13' } },
  ];
  const read = async () => {
    const { answers } = (await ask('post', '/figures', { body: { questions } })).body;
    const [load, crew, gaps, knowledge, knows] = answers;
    return {
      load: LoadWeeks.parse(load),
      crew: CrewWeeks.parse(crew),
      gaps: WholeGaps.parse(gaps),
      knowledge: KnowledgeOverTime.parse(knowledge),
      knows: KnownProjects.parse(knows),
    };
  };
  const before = await read();
  expect(before.load.confirmed).toEqual([0, 8, 8]);
  expect(before.crew.at(-1)).toMatchObject({
    week: '2026-W51',
    coverage: 'covered',
    leads: [ines.id],
    sidekicks: [noor.id],
    sidekickHours: 8,
  });
  expect(before.knows).toMatchObject([{ project: atlas.id }]);
  await portal.change([{ do: 'change', kind: 'assignment', id: cover.id, version: 1, patch: { hoursPerWeek: 2 } }]);
  const after = await read();
  expect(after.crew.at(-1)).toMatchObject({ coverage: 'thin', sidekickHours: 2 });
  // 8 h in this week and in the eleven after the cover ends, 6 h in each of its three.
  expect(after.gaps).toMatchObject([{ from: '2026-W49', to: '2027-W10', weeks: 15, hours: 8 + 3 * 6 + 11 * 8 }]);
  expect(after.gaps[0]?.states.slice(0, 5)).toEqual(['none', 'thin', 'thin', 'thin', 'none']);
  const tooLong = [{ what: 'crew', args: { project: atlas.id, weeks: ['2026-W01', '2028-W01'] } }];
  expect((await ask('post', '/figures', { body: { questions: tooLong } })).body.type).toMatch(/range-too-long$/);
});

test('the timeline has the head in its ETag and changes with it', async () => {
  const { cover } = await aCoveredProject();
  const path = '/timeline?from=2026-W49&to=2026-W53';
  const first = await ask('get', path);
  expect(first.body).toMatchObject({ head: 1, today: '2026-11-30', group: { covered: 3, needed: 5 } });
  const tag = first.headers.get('etag') ?? '';
  expect(tag).toMatch(/^(?:W\/)?"1-2026-11-30/);
  expect((await ask('get', path, { headers: { 'if-none-match': tag } })).status).toBe(304);
  await portal.change([{ do: 'delete', kind: 'assignment', id: cover.id, version: 1 }]);
  const second = await ask('get', path, { headers: { 'if-none-match': tag } });
  expect(second).toMatchObject({ status: 200, body: { head: 2, group: { covered: 0, needed: 5 } } });
  expect((await ask('get', '/timeline?from=2026-W01&to=2029-W01')).status).toBe(400);
});

test('candidates, decisions and proposed holidays are served', async () => {
  const { noor, ines, atlas, cover } = await aCoveredProject();
  await portal.change([{ do: 'delete', kind: 'assignment', id: cover.id, version: 1 }]);
  const slot = `project=${atlas.id}&role=sidekick&from=2026-12-07&to=2026-12-27`;
  const { body } = await ask('get', `/candidates?${slot}`);
  expect(body.candidates).toMatchObject([{ person: noor.id, leastFree: 38 }]);
  expect(body.ruledOut).toMatchObject([{ person: ines.id }]);
  const decisions = await ask('get', '/decisions?weeks=8');
  expect(decisions.body.items.map((item: { kind: string }) => item.kind)).toContain('gap');
  expect((await ask('get', '/holidays/proposals?region=PT&year=2026')).body.items).toContainEqual({
    date: '2026-12-25',
    name: 'Christmas Day',
    portion: 1,
  });
  expect((await ask('get', '/holidays/proposals?region=XX&year=2026')).status).toBe(404);
});

test('a request that spans too many weeks is refused at once, one that spans many is answered', async () => {
  const { noor, atlas } = await aCoveredProject();
  const decade = ['2024-W01', '2033-W52'];
  const many = (question: object, count: number) => ask('post', '/figures', { body: { questions: Array(count).fill(question) } });
  const ofAll = { what: 'utilisation', args: { eachDay: ['2024-01-01', '2033-12-31'] } };
  const absence = { what: 'absenceTest', args: { person: noor.id, days: ['2024-01-01', '2033-12-31'] } };
  const oneWeek = { what: 'coverage', args: { project: atlas.id, week: '2026-W50' } };
  for (const question of [ofAll, absence, { what: 'remaining', args: { person: noor.id, weeks: decade } }])
    expect(await many(question, 2_000)).toMatchObject({ status: 400, body: { type: 'urn:sidekick:problem:too-much-asked' } });
  expect((await many({ what: 'remaining', args: { person: noor.id, eachWeek: decade } }, 100)).status).toBe(200);
  expect((await many(oneWeek, 2_000)).status).toBe(200);
});
