import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { newAssignment, newRecord, newTimeOff, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { firstManager } from './testing/accounts.ts';
import type { Caller } from './testing/caller.ts';
import { type PortalHere, portalHere } from './testing/portal-here.ts';
import { newPerson, newProject } from './testing/records.ts';

jest.setTimeout(120_000);

/** What stands nowhere else, and so tells of itself wherever it is met. */
const said = {
  ...{ name: 'Zephyrine Quackenbush', email: 'zq@borborygm.example', note: 'callipygian', leaveKind: 'quopping', leave: 'zugzwang' },
  ...{ asked: 'absquatulate', offer: 'mumpsimus', reason: 'taradiddle', accepted: 'sesquipedal' },
};
const words = [...said.name.split(' '), 'borborygm', ...Object.values(said).slice(2)];

const zephyrine = newPerson(said.name, { private: { name: said.name, email: said.email, note: said.note } });
const [ben, ines] = [newPerson('Ben Carter'), newPerson('Ines Costa')];
const dates = { from: '2026-09-07', to: '2027-01-31' };
const [atlas, basin] = [newProject('Atlas', dates), newProject('Basin', dates)];
const lead = newAssignment(zephyrine, atlas, 'lead', { ...dates, hoursPerWeek: 45 });
const backing = newAssignment(zephyrine, basin, 'sidekick', { ...dates, hoursPerWeek: 6 });
const away = newTimeOff(zephyrine, '2026-10-12', '2026-10-13', {
  ...{ state: 'approved', private: { kind: said.leaveKind, note: said.leave } },
});
const request = newTimeOff(zephyrine, '2027-01-11', '2027-01-15', { state: 'requested', private: { kind: null, note: said.asked } });
const offer = newRecord('volunteer', { person: zephyrine.id, project: basin.id, private: { note: said.offer } });
const wish = newRecord('wish', { person: zephyrine.id, skill: 'Go' });
const team = newRecord('team', { name: 'Platform', people: [zephyrine.id, ben.id], lead: zephyrine.id });
const rate = newRecord('rate', { person: zephyrine.id, from: '2026-01-01', amount: 9_100 });
const budget = newRecord('budget', { project: atlas.id, money: 9_000_000, hours: 900 });
const records = [zephyrine, ben, ines, atlas, basin, lead, backing, away, request, offer, wish, team, rate, budget];

let here: PortalHere;
let manager: Caller;
let page: string;

const commit = async (commands: readonly object[], more: object = {}) => {
  const { status, body } = await manager.api('post', '/changes', { body: { id: ulid(), commands, ...more } });
  if (status !== 201) throw new Error(JSON.stringify(body));
};

/** All that is known of somebody who is here: they lead, back up, are away, ask, offer, wish, lead a team and own a page. */
beforeAll(async () => {
  here = await portalHere();
  manager = await firstManager({ browser: here.browser, firstManagerLink: here.portal.gateway.firstManagerLink });
  await commit([zephyrine, ben, ines, atlas, basin, team, rate, budget], { reason: said.reason });
  await commit([backing, away, request, wish]);
  await commit([lead], { accept: ['over-allocated', 'sidekick-leads'], reason: said.accepted });
  await commit([newRecord('assignment', { ...lead.record, person: ben.id, role: 'contributor', hoursPerWeek: 4 })], {
    reason: `Asked for by ${said.name}`,
  });
  const { body } = await manager.api('post', '/pages', {
    body: { path: 'releases', title: 'Releases', body: 'How we release.', owners: [{ type: 'person', id: zephyrine.id }] },
  });
  page = body.id;
});
afterAll(() => here.close());

/** The rest of what is shown of it, and by which word it is found. */
const found = async (text: string): Promise<unknown[]> => (await manager.api('get', `/search?q=${text}`)).body.items;

/** Every address that is read, with every record in the place of each parameter; lists and the history as they are cut. */
async function everyAnswer(): Promise<string> {
  const texts: string[] = [];
  const ids = [...records.map(({ id }) => id), page];
  const routes = here.portal.services.flatMap((service) => service.routes);
  const paths = routes
    .filter(({ method, operation }) => method === 'get' && !['readBackup', 'watchEvents'].includes(operation))
    .flatMap(({ path }) => {
      if (!path.includes('{')) return [path];
      const values = path.includes('{number}') ? Array.from({ length: 9 }, (_, at) => String(at + 1)) : ids;
      return values.map((value) => path.replaceAll(/\{\w+\}/g, value));
    });
  const asked = [
    ...ids.flatMap((id) => [`/changes?subject=${id}&limit=200`, `/changes?about=${id}`]),
    ...['/changes?limit=200', '/timeline?from=2026-W36&to=2027-W10', '/decisions?weeks=104', '/changes?after=0&weeks=2026-W36/2027-W10'],
    ...words.flatMap((word) => [`/search?q=${word}&exact=true`, `/search?q=${word}&typing=true`]),
    `/candidates?project=${atlas.id}&role=lead&from=2026-12-07&to=2026-12-27&hours=8`,
  ];
  for (const path of [...paths, ...asked]) {
    const { status, body } = await manager.open(`/api/v1${path}`);
    if (status >= 500) throw new Error(`${path}: ${JSON.stringify(body)}`);
    // What was asked for is said again.
    if (status === 200) texts.push(JSON.stringify(path.startsWith('/search') ? body.items : body));
  }
  return texts.join('\n');
}
const met = (text: string): string[] => words.filter((word) => text.includes(word));

/** Every figure that is counted of the person, and of all: numbers of the weeks in which they worked, and since. */
async function figures(): Promise<unknown> {
  const person = zephyrine.id;
  const weeks = ['2026-W37', '2027-W05'];
  const ofProject = [atlas, basin].flatMap(({ id: project }) =>
    ['crew', 'wholeGaps', 'knowledgeOverTime'].map((what) => ({ what, args: { project, weeks } })),
  );
  const questions = [{ what: 'load', args: { person, weeks } }, { what: 'knows', args: { person } }, ...ofProject];
  const answers = await manager.api('post', '/figures', { body: { questions } });
  expect([answers.status, answers.body.answers?.length]).toEqual([200, questions.length]);
  const paths = [
    ...['/timeline?from=2026-W37&to=2027-W05', '/figures/capacity?from=2026-09-07&to=2026-12-27&by=week'],
    `/projects/${atlas.id}/burn`,
  ];
  const counted = await Promise.all(paths.map(async (path) => manager.api('get', path)));
  expect(counted.map(({ status }) => status)).toEqual([200, 200, 200]);
  const all = [answers.body.answers, ...counted.map(({ body }) => body)];
  // Why a rule was broken is no figure, and goes.
  return JSON.parse(JSON.stringify(all, (key, value) => (['head', 'reason'].includes(key) ? 0 : value)));
}

/** What staffing tells other services of all that it holds, as an index that missed something reads it. */
async function told(): Promise<string> {
  const staffing = here.portal.services.find(({ name }) => name === 'staffing') as unknown as { snapshot(): Promise<Iterable<object>> };
  return JSON.stringify([...(await staffing.snapshot())]);
}
const backup = async (): Promise<string> =>
  gunzipSync((await here.command.api('get', '/system/backup', { bytes: true })).body).toString('latin1');

test('of a leaver who is made anonymous no word is left anywhere, and every figure is as it was', async () => {
  await until('the person to be found', async () => (await found(words[0] ?? '')).length > 0);
  expect(met(await everyAnswer()).sort()).toEqual([...words].filter((word) => word !== said.offer).sort());
  await commit([offer]);
  const day = '2026-11-27';
  const { version } = (await manager.api('get', `/people/${zephyrine.id}`)).body;
  const versionOf = async (path: string) => (await manager.api('get', path)).body.version;
  await commit(
    [
      { do: 'change', kind: 'person', id: zephyrine.id, version, patch: { contract: { to: day } } },
      { do: 'change', kind: 'assignment', id: lead.id, version: await versionOf(`/assignments/${lead.id}`), patch: { to: day } },
      { do: 'change', kind: 'assignment', id: backing.id, version: await versionOf(`/assignments/${backing.id}`), patch: { to: day } },
      newRecord('assignment', { ...lead.record, person: ines.id, from: '2026-11-28', hoursPerWeek: 24 }),
      { do: 'delete', kind: 'timeOff', id: request.id, version: await versionOf(`/time-off/${request.id}`) },
    ],
    { reason: `${said.name} found another job: ${said.reason}` },
  );
  expect(met(await everyAnswer()).sort()).toEqual([...words].sort());
  expect(met(await backup()).sort()).toEqual([...words].sort());
  expect(met(await told())).toEqual(words.slice(0, 2));
  const before = await figures();

  const redacted = await manager.api('post', `/people/${zephyrine.id}/redact`, { body: {} });
  expect(redacted.status).toBe(201);

  await until('nobody to be found', async () => (await found(words[0] ?? '')).length === 0);
  expect(met(await everyAnswer())).toEqual([]);
  expect(met(await backup())).toEqual([]);
  expect(await told()).toContain(zephyrine.id);
  expect(met(await told())).toEqual([]);
  expect(await figures()).toEqual(before);
  const { owners } = (await manager.api('get', `/pages/${page}`)).body;
  expect(owners).toEqual([{ type: 'person', id: zephyrine.id }]);
});
