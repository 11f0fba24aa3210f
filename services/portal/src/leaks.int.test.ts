import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CsvKind, Question, type Role, webhookEvents } from '@sidekick/contracts';
import { newAssignment, newRecord, newTimeOff, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { firstManager, invited } from './testing/accounts.ts';
import type { Caller, Reply } from './testing/caller.ts';
import { listen } from './testing/listen.ts';
import { type PortalHere, portalHere } from './testing/portal-here.ts';
import { aFolder } from './testing/portal-process.ts';
import { newPerson, newProject } from './testing/records.ts';

jest.setTimeout(120_000);

const noor = newPerson('Noor Haddad', { private: { name: 'Noor Haddad', email: null, note: 'vexillary note' } });
const ben = newPerson('Ben Carter');
const atlas = newProject('Atlas', { from: '2026-11-02' });
const dates = { from: '2026-11-02', to: '2027-01-31' };
const lead = newAssignment(ben, atlas, 'lead', dates);
const work = newAssignment(noor, atlas, 'sidekick', { ...dates, hoursPerWeek: 45, private: { note: 'susurrant' } });
const away = newTimeOff(ben, '2026-12-14', '2026-12-14', { state: 'approved' });
const leave = newTimeOff(noor, '2026-12-14', '2026-12-15', { state: 'approved', private: { kind: 'quopping', note: 'zugzwang' } });
const rate = newRecord('rate', { person: noor.id, from: '2026-01-01', amount: 734_512_987 });
const own = newRecord('rate', { person: ben.id, project: atlas.id, from: '2026-01-01', amount: 865_431_279 });
const budget = newRecord('budget', { project: atlas.id, money: 4_918_273_645, hours: 301.27 });
const offer = newRecord('volunteer', { person: noor.id, project: atlas.id, private: { note: 'mumpsimus' } });
const place = newRecord('opening', {
  project: atlas.id,
  role: 'lead',
  from: '2027-01-04',
  hoursPerWeek: 24,
  private: { note: 'absquatulate' },
});
const noted = newRecord('weekNote', { project: atlas.id, week: '2026-W51', private: { note: 'borborygmic' } });
const shared = newRecord('view', { name: 'Hiemal view', screen: 'timeline', query: 'by=person' });
const records = [noor, ben, atlas, lead, work, away, leave, rate, own, budget, offer, place, shared, noted];

/**
 * For managers alone: what stands nowhere else, and so tells of itself wherever it is met. Figures that follow from money are added when
 * they are known; the last two are of an open place, which everybody sees.
 */
const money = new Set([
  '734512987',
  '865431279',
  '4918273645',
  '301.27',
  'lucubrate',
  'perquisite',
  rate.id,
  own.id,
  budget.id,
  noted.id,
  'borborygmic',
  'sesquialtera',
  'absquatulate',
  'rodomontade',
]);
/** Of Noor: for her and managers. */
const words = new Set(['vexillary', 'quopping', 'zugzwang', 'sesquipedal', 'ultracrepid', 'mumpsimus', 'taradiddle', 'susurrant']);

/** Of everybody who is signed in: the name of a view for all. */
const toAll = new Set(['Hiemal']);
/** Names of views of one's own: of Noor's account alone, managers neither, and of the manager's alone. */
const herOwn = new Set(['gongoozling']);
const managersOwn = new Set(['kakistocratic']);

const [folder, webRoot] = [aFolder(), aFolder()];
const logged: string[] = [];
/** All that a webhook of a manager, told of everything, has received. */
const told: string[] = [];
const receiver = createServer(async (req, res) => {
  for await (const chunk of req) told.push(String(chunk));
  res.writeHead(204).end();
});
let here: PortalHere;
let open = true;
/** Noor's account, one of an engineer who is nobody here, one of ops, and nobody. */
const callers = new Map<string, Caller>();
let manager: Caller;
/** Of every record there is. */
let ids: readonly string[];

beforeAll(async () => {
  mkdirSync(webRoot, { recursive: true });
  const html = '<!doctype html><html lang="en"><head><title>x</title></head><body><div id="sk-root"><!--app--></div></body></html>';
  writeFileSync(join(webRoot, 'index.html'), html);
  const logTo = { write: (line: string) => void logged.push(line) };
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  const host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  here = await portalHere(['--log-level', 'debug', '--webhook-hosts', host], folder, { logTo, webRoot });
  const doors = { browser: here.browser, firstManagerLink: here.portal.gateway.firstManagerLink };
  manager = await firstManager(doors);
  const enter = async (roles: Role[], name: string) => callers.set(name, await invited(doors, manager, roles, `${name}@example.org`));
  await enter(['engineer'], 'noor');
  await enter(['engineer'], 'engineer');
  await enter(['ops'], 'ops');
  await enter(['engineer', 'ops'], 'both');
  callers.set('nobody', here.browser());
  const hook = { name: 'everything', url: `http://${host}/`, events: webhookEvents };
  expect((await manager.api('post', '/webhooks', { body: hook })).status).toBe(201);
  const accounts = (await manager.api('get', '/accounts')).body.items;
  const account = accounts.find(({ name }: { name: string }) => name === 'noor');
  await commit([noor, ben, atlas, lead, away], {});
  const link = { body: { person: noor.id }, headers: { 'if-match': `"${account.version}"` } };
  expect((await manager.api('patch', `/accounts/${account.id}`, link)).status).toBe(200);
  await commit([work], { accept: ['over-allocated'], reason: 'sesquipedal' });
  await commit([leave], { accept: ['joint-absence'], reason: 'ultracrepid' });
  await commit([offer], { reason: 'taradiddle' });
  await commit([place], { reason: 'rodomontade' });
  await commit([noted], { reason: 'sesquialtera' });
  await commit([shared], {});
  await saveView(manager, 'kakistocratic');
  await saveView(callers.get('noor') as Caller, 'gongoozling');
  await commit([rate, own], { reason: 'lucubrate' });
  await commit([budget, { do: 'change', kind: 'person', id: ben.id, version: 1, patch: { region: 'PT' } }], { reason: 'perquisite' });
  const plan = await manager.api('post', '/plans', { body: { weeks: ['2026-W49', '2026-W52'] } });
  expect(plan.status).toBe(202);
  ids = [...records.map(({ id }) => id), plan.body.id, ulid()];
  const { spent, forecast, sidekicks } = (await manager.api('get', `/projects/${atlas.id}/burn`)).body;
  const [decision] = await budgetDecisions();
  for (const one of [spent, forecast, sidekicks.spent, sidekicks.forecast, decision?.over]) {
    expect(String(one.money)).toMatch(/^\d{8,}$/);
    money.add(String(one.money));
  }
});
afterAll(async () => {
  if (open) await here.portal.close();
  receiver.close();
  for (const one of [folder, webRoot]) rmSync(one, { recursive: true, force: true });
});

async function commit(commands: readonly object[], more: object): Promise<void> {
  const { status, body } = await manager.api('post', '/changes', { body: { id: ulid(), commands, ...more } });
  if (status !== 201) throw new Error(JSON.stringify(body));
}
async function saveView(caller: Caller, name: string): Promise<void> {
  const body = { name, screen: 'timeline', query: 'by=person' };
  expect((await caller.api('put', `/me/views/${ulid()}`, { body, headers: { 'if-none-match': '*' } })).status).toBe(201);
}
const budgetDecisions = async () =>
  (await manager.api('get', '/decisions')).body.items.filter(({ kind }: { kind: string }) => kind === 'budget-runs-out');

/** Every one of these that a text holds, however its digits are grouped. */
function met(text: string, secrets: ReadonlySet<string>): string[] {
  const bare = text.replace(/(?<=\d)[.,'’\u00a0\u202f ](?=\d{3}(?!\d))/g, '');
  return [...secrets].filter((secret) => text.includes(secret) || bare.includes(secret));
}

interface Seen {
  where: string;
  status: number;
  text: string;
}
const seenAs = (where: string, { status, headers, body }: Reply): Seen => ({ where, status, text: JSON.stringify([headers, body]) });

/** A backup is all there is, for ops alone; the stream of events and calendar feeds are looked at by tests of their own. */
const elsewhere = new Set(['readBackup', 'watchEvents', 'readFeed']);

/** Every address that is read, with every record in the place of each parameter. */
function readPaths(): string[] {
  const routes = here.portal.services.flatMap((service) => service.routes);
  return routes
    .filter(({ method, operation }) => method === 'get' && !elsewhere.has(operation))
    .flatMap(({ path }) => {
      if (!path.includes('{')) return [path];
      const values = path.includes('{number}') ? Array.from({ length: 10 }, (_, at) => String(at + 1)) : ids;
      return values.map((value) => path.replaceAll(/\{\w+\}/g, value));
    });
}

/** Lists and figures as they may be asked for, with the words themselves looked for. */
function asked(view: string): string[] {
  const range = 'from=2026-W40&to=2027-W20';
  const searched = [...words, ...money, 'Noor', 'rate', 'budget'];
  return [
    ...ids.flatMap((id) => [
      `/changes?subject=${id}`,
      `/time-off?person=${id}`,
      `/rates?person=${id}`,
      `/budgets?project=${id}`,
      `/week-notes?project=${id}`,
    ]),
    ...[0, 1, 4].map((after) => `/changes?after=${after}&view=${view}&weeks=2026-W40/2027-W20&history=50`),
    ...CsvKind.options.map((kind) => `/staffing-export/${kind}.csv`),
    ...[`/timeline?${range}`, '/decisions?weeks=104', '/changes?limit=200', '/tree?at=', '/pages/find?path='],
    ...['lead', 'sidekick'].map(
      (role) => `/candidates?project=${atlas.id}&role=${role}&from=2026-12-07&to=2026-12-27&hours=8&opening=${place.id}`,
    ),
    ...searched.flatMap((text) => [`/search?q=${text}&exact=true`, `/search?q=${text}&typing=true`, `/search/completions?q=${text}`]),
  ];
}

/** One question of each kind, of each person. */
function questions(): object[] {
  const args = { project: atlas.id, assignment: work.id, lead: ben.id, sidekick: noor.id, values: [1], on: '2026-12-31' };
  const days = { days: ['2026-11-02', '2026-12-31'] };
  return Question.options.flatMap(({ shape }) => {
    const names = Object.keys(shape.args.shape);
    const bucket = names.includes('week') ? { week: '2026-W50' } : names.includes('weeks') ? { weeks: ['2026-W45', '2027-W05'] } : {};
    const all: Record<string, unknown> = { ...args, ...(names.includes('days') ? days : {}) };
    return [noor.id, ben.id].map((person) => ({
      what: shape.what.value,
      args: {
        ...Object.fromEntries(names.flatMap((name) => (name in all ? [[name, all[name]]] : name === 'person' ? [[name, person]] : []))),
        ...bucket,
      },
    }));
  });
}

const screens = [
  '/',
  ...['/staffing', '/staffing/exchange'],
  `/people/${noor.id}`,
  `/people/${noor.id}/rates`,
  `/projects/${atlas.id}/money`,
  '/leave',
  '/p/',
  '/system',
];

/** All that one caller can get to see: read, asked, tried and refused, written with what is held, served as a page. */
async function walk(caller: Caller): Promise<Seen[]> {
  const view = String((await caller.open('/api/v1/people')).headers['staffing-view'] ?? 'none');
  const seen: Seen[] = [];
  const send = async (where: string, path: string, sent: object = {}) => seen.push(seenAs(where, await caller.open(path, sent)));
  for (const path of [...readPaths(), ...asked(view)]) await send(`GET ${path}`, `/api/v1${path}`);
  for (const question of questions()) {
    await send(`figures ${JSON.stringify(question)}`, '/api/v1/figures', { method: 'POST', body: { questions: [question] } });
    await send(`rows ${JSON.stringify(question)}`, '/api/v1/figures/rows', { method: 'POST', body: { question } });
  }
  const of = { id: rate.id, version: 1 };
  const tries = [
    { do: 'create', kind: 'rate', id: rate.id, record: { person: noor.id, from: '2026-01-01', amount: 1 } },
    { do: 'change', kind: 'rate', ...of, patch: { amount: 1 } },
    { do: 'delete', kind: 'budget', ...of, id: budget.id },
    { do: 'change', kind: 'timeOff', id: leave.id, version: 1, patch: { state: 'requested' } },
    { do: 'delete', kind: 'person', id: noor.id, version: 1 },
  ];
  for (const command of tries) {
    const body = { id: ulid(), commands: [command] };
    for (const path of ['/changes/preview', '/changes']) {
      // Of a manager what is there stays: each of these is stale.
      await send(`POST ${path} ${command.do} ${command.kind}`, `/api/v1${path}`, { method: 'POST', body });
    }
  }
  for (const kind of CsvKind.options) {
    const raw = Buffer.from(`id,version,delete\n${ids.map((id) => `${id},1,yes\n`).join('')}`);
    const file = { method: 'POST', raw, headers: { 'content-type': 'text/csv' } };
    await send(`POST a file of ${kind}`, `/api/v1/staffing-import/${kind}/preview?name=a.csv`, file);
  }
  const ask = { ...newTimeOff(noor, '2027-03-01', '2027-03-01'), id: ulid() };
  const follow = `after=0&view=${view}&weeks=2026-W40/2027-W20&history=50`;
  await send('a write that follows', '/api/v1/changes', {
    method: 'POST',
    body: { id: ulid(), commands: [ask] },
    headers: { 'staffing-follow': follow },
  });
  const cells = Buffer.from('Name\t2026-11-30\t2026-12-07\nNoor Haddad\tAtlas 8\t\n').toString('base64');
  await send('a sheet', '/api/v1/staffing-sheets/moves/preview', { method: 'POST', body: { name: 'a.csv', content: cells } });
  for (const layout of ['A', 'D'])
    await send(`sheet ${layout} out`, `/api/v1/staffing-sheets/export?layout=${layout}&from=2026-01-01&to=2026-12-31`);
  for (const path of screens) await send(`page ${path}`, path);
  return seen;
}

/** Where which secret was met; an answer that could not be given, or was put off, tells nothing. */
function leaksIn(seen: readonly Seen[], secrets: readonly string[]): string[] {
  expect(seen.filter(({ status }) => status >= 500 || status === 429)).toEqual([]);
  return seen.flatMap(({ where, text }) => met(text, new Set(secrets)).map((secret) => `${where}: ${secret}`));
}

describe('money, and why somebody is away', () => {
  test('are found by this walk, which a manager takes as well, every one of them', async () => {
    const seen = await walk(manager);
    expect(leaksIn(seen, [...herOwn])).toEqual([]);
    const all = seen.map(({ text }) => text).join(' ');
    const theirs = [...money, ...words, ...toAll, ...managersOwn];
    expect(met(all, new Set(theirs)).sort()).toEqual(theirs.sort());
    for (const where of [
      `GET /rates/${rate.id}`,
      `GET /budgets`,
      `GET /changes?limit=200`,
      'a write that follows',
      'GET /decisions?weeks=104',
      ...['figures', 'rows'].map((asked) => `${asked} ${JSON.stringify({ what: 'spent', args: { project: atlas.id } })}`),
    ]) {
      const one = seen.find((answer) => answer.where === where);
      expect({ where, met: met(one?.text ?? '', money).length > 0 }).toEqual({ where, met: true });
    }
  });

  test.each(['engineer', 'ops', 'both', 'nobody'])('are in nothing that is answered to %s', async (name) => {
    const seen = await walk(callers.get(name) as Caller);
    expect(leaksIn(seen, [...money, ...words, ...herOwn, ...managersOwn, ...(name === 'nobody' ? toAll : [])])).toEqual([]);
    if (name !== 'nobody') expect(met(seen.map(({ text }) => text).join(' '), toAll)).toEqual([...toAll]);
    expect(seen.filter(({ status }) => status === 200).length).toBeGreaterThan(name === 'nobody' ? 10 : 100);
  });

  test('are in nothing that is answered to Noor but her own words, all of which she finds', async () => {
    const seen = await walk(callers.get('noor') as Caller);
    expect(leaksIn(seen, [...money, ...managersOwn])).toEqual([]);
    const hers = [...words, ...toAll, ...herOwn];
    expect(met(seen.map(({ text }) => text).join(' '), new Set(hers)).sort()).toEqual(hers.sort());
  });

  test('are in no live update', async () => {
    const streams = await Promise.all(
      [manager, ...callers.values()].filter(({ cookie }) => cookie !== '').map(({ cookie }) => listen(here.url, cookie)),
    );
    const { version } = (await manager.api('get', `/people/${ben.id}`)).body;
    const dearer = {
      do: 'change',
      kind: 'rate',
      id: rate.id,
      version: (await manager.api('get', `/rates/${rate.id}`)).body.version,
      patch: { amount: 734_512_988 },
    };
    money.add('734512988');
    await commit([dearer], {});
    await commit([{ do: 'change', kind: 'person', id: ben.id, version, patch: { region: 'ES' } }], {});
    for (const stream of streams) {
      await until('the change of a person', () => stream.text.includes(ben.id));
      expect([...met(stream.text, money), ...met(stream.text, words)]).toEqual([]);
      stream.leave();
    }
    // That something for managers has changed is theirs to know.
    expect(streams.map(({ text }) => text.includes('for-managers'))).toEqual(streams.map((_, index) => index === 0));
  });

  test('are in no calendar feed, whoever made it: of a person, a project or who is away', async () => {
    for (const maker of [manager, ...['noor', 'engineer', 'ops'].map((name) => callers.get(name) as Caller)]) {
      const scopes = [{ scope: 'absences' }, { scope: 'project', project: atlas.id }];
      for (const body of maker === callers.get('noor') ? [...scopes, { scope: 'person' }] : scopes) {
        const made = await maker.api('post', '/me/feeds', { body });
        const feed = seenAs(body.scope, await here.browser().open(new URL(made.body.url).pathname));
        expect(feed).toMatchObject({
          status: 200,
          text: expect.stringContaining(body.scope === 'project' ? 'Noor Haddad: sidekick' : 'DTSTART'),
        });
        expect(leaksIn([feed], [...money, ...words, ...toAll, ...herOwn, ...managersOwn])).toEqual([]);
      }
    }
  });

  test('are in nothing that is sent to a webhook, which is told of every record that others see', async () => {
    for (const one of [noor, ben, atlas, lead, work, away, leave, offer, place, shared]) {
      await until(`${one.kind} to be told`, () => told.some((text) => text.includes(one.id)));
    }
    const all = told.join(' ');
    expect(all).toContain('staffing.for-managers.changed.v1');
    expect([...met(all, money), ...met(all, words), ...met(all, herOwn), ...met(all, managersOwn)]).toEqual([]);
  });

  test('are in no event for other services', async () => {
    const staffing = here.portal.services.find(({ name }) => name === 'staffing') as unknown as { snapshot(): Promise<Iterable<object>> };
    const told = JSON.stringify([...(await staffing.snapshot())]);
    expect(told).toContain(noor.id);
    expect([...met(told, money), ...met(told, words)]).toEqual([]);
  });

  test('are in no log line, and in no file but that of staffing', async () => {
    await here.portal.close();
    open = false;
    const lines = logged.join('');
    expect(logged.length).toBeGreaterThan(100);
    const secrets = new Set([...money, ...words].filter((secret) => !lookedFor.has(secret)));
    expect(met(lines, new Set([...secrets, ...herOwn, ...managersOwn]))).toEqual([]);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    const holding = files.filter(
      (file) => met(readFileSync(join(file.parentPath, file.name), 'latin1'), new Set([...money, ...words])).length > 0,
    );
    expect(holding.map(({ name }) => name)).toEqual([expect.stringMatching(/^staffing\.db/)]);
  });
});

/** Ids stand in addresses, and addresses in the log. */
const lookedFor: ReadonlySet<string> = new Set([rate.id, own.id, budget.id, noted.id]);
