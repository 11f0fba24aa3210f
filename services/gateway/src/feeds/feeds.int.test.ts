import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CalendarEntry, CalendarView, type Identity, Ulid } from '@sidekick/contracts';
import { NotFound, type Route, type RouteRequest, route } from '@sidekick/service-kit';
import { until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { z } from 'zod';
import { aPortal, type Browser, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';
import { feedLimits } from './serve.ts';
import { strictly } from './testing/strict.ts';

const [noor, atlas] = [ulid(), ulid()];
const changed = { changedAt: '2026-11-30T09:00:00.000Z', version: 7 };
const days = { from: '2026-12-07', to: '2026-12-20' };
const own: CalendarEntry[] = [
  {
    kind: 'work',
    id: ulid(),
    ...days,
    ...changed,
    project: 'Atlas',
    role: 'sidekick',
    hoursPerWeek: 7.5,
    open: true,
    tentative: true,
  },
  { kind: 'leave', id: ulid(), ...days, ...changed, amount: { portion: 0.5 }, tentative: false },
];
const crew: CalendarEntry = {
  ...{ kind: 'crew', id: atlas, ...days, ...changed, project: 'Atlas', tentative: false },
  people: [
    { name: 'Ben', role: 'lead', hoursPerWeek: 32, tentative: false },
    { name: 'Noor', role: 'sidekick', hoursPerWeek: 8, tentative: true },
  ],
};
const away: CalendarEntry = { kind: 'away', id: ulid(), ...days, ...changed, person: 'Noor', amount: { hours: 2 } };

/** Who asked staffing, and for what. */
const asked: { path: string; identity: Identity }[] = [];
let isThere = true;
let entries: readonly CalendarEntry[] = own;
const answers =
  (name: string, told: () => readonly CalendarEntry[]) =>
  async ({ identity, req }: RouteRequest<unknown, unknown, unknown, 'signed-in'>) => {
    asked.push({ path: req.url ?? '', identity });
    if (!isThere) throw new NotFound('no-record', 'There is no record of this id');
    return { status: 200, body: { name, entries: told() } };
  };
const calendar = (path: Route['path'], operation: string, handle: ReturnType<typeof answers>): Route =>
  route({
    ...{ method: 'get', path, operation, summary: operation, access: 'signed-in', handle: handle as never },
    ...(path.includes('{') ? { params: z.strictObject({ id: Ulid }) as never } : {}),
    ...{ answers: { 200: CalendarView }, problems: [404] },
  });
const staffing = [
  calendar(
    '/calendars/people/{id}',
    'readPersonCalendar',
    answers('Noor', () => entries),
  ),
  calendar(
    '/calendars/projects/{id}',
    'readProjectCalendar',
    answers('Atlas', () => [crew]),
  ),
  calendar(
    '/calendars/absences',
    'readAbsencesCalendar',
    answers('Away', () => [away]),
  ),
];

let portal: Portal;
let manager: Browser;
let ben: Browser;
let account: string;
beforeAll(async () => {
  portal = await aPortal({ parts: { staffing } });
  manager = await signInFirstManager(portal);
});
afterAll(() => portal.close());
let number = 0;
beforeEach(async () => {
  isThere = true;
  entries = own;
  number += 1;
  ben = await signInInvited(portal, manager, ['engineer', 'manager'], `ben${number}@example.org`);
  account = (await ben.api('get', '/me')).body.account;
});

async function change(patch: object): Promise<void> {
  const { items } = (await manager.api('get', '/accounts?limit=200')).body;
  const { version } = items.find(({ id }: { id: string }) => id === account);
  expect((await manager.api('patch', `/accounts/${account}`, { body: patch, headers: { 'if-match': `"${version}"` } })).status).toBe(200);
}
const make = (body: object) => ben.api('post', '/me/feeds', { body });
const pathIn = (url: string) => new URL(url).pathname.replace('/api/v1', '');
const fetched = (url: string, headers: Record<string, string> = {}) => portal.browser().api('get', pathIn(url), { headers });
const listed = async () => (await ben.api('get', '/me/feeds')).body.items;
let linked = 0;
const link = async () => {
  linked += 1;
  const person = linked === 1 ? noor : ulid();
  await change({ person });
  return person;
};

describe('a calendar feed', () => {
  test('of a person has their work and leave, for whoever has the address and no cookie', async () => {
    const person = await link();
    const made = await make({ scope: 'person' });
    expect(made).toMatchObject({ status: 201, body: { scope: 'person', project: null, fetchedAt: null } });
    expect(made.body.url).toMatch(/^http:\/\/127\.0\.0\.1:3999\/api\/v1\/feeds\/skf_[\w-]{43}\.ics$/);
    const { status, headers, body } = await fetched(made.body.url);
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'text/calendar; charset=utf-8', 'private, no-cache']);
    const { name, events } = strictly(body);
    expect(name).toBe('Noor: work and leave');
    expect(events.map(({ summary, description, uid }) => [summary, description, uid])).toEqual([
      ['Atlas: sidekick, 7.5 h a week', 'No end is set.', `${own[0]?.id}@sidekick`],
      ['Leave, 50 % of each day', null, `${own[1]?.id}@sidekick`],
    ]);
    expect(body).toContain('STATUS:TENTATIVE');
    expect(asked.at(-1)?.path).toBe(`/calendars/people/${person}`);
  });

  test('is asked of staffing as somebody who has no role and is nobody there, whoever made it', async () => {
    const { url } = (await make({ scope: 'absences' })).body;
    expect(strictly((await fetched(url)).body).events.map(({ summary }) => summary)).toEqual(['Noor away, 2 h a day']);
    expect(asked.at(-1)).toEqual({
      path: '/calendars/absences',
      identity: { account, name: 'Calendar feed', roles: [], person: null },
    });
  });

  test('of a project has its crew by runs of weeks, each told by its first day', async () => {
    const { url } = (await make({ scope: 'project', project: atlas })).body;
    const [event] = strictly((await fetched(url)).body).events;
    expect([event?.uid, event?.summary, event?.description]).toEqual([
      `${atlas}-2026-12-07@sidekick`,
      'Atlas: Ben and Noor',
      'Ben: lead, 32 h a week\nNoor: sidekick, 8 h a week, tentative',
    ]);
    isThere = false;
    expect((await fetched(url)).status).toBe(404);
    expect((await make({ scope: 'project', project: ulid() })).status).toBe(404);
  });

  test('is not sent again to a program that has it, and is when it changed', async () => {
    await link();
    const { url } = (await make({ scope: 'person' })).body;
    const etag = String((await fetched(url)).headers['etag']);
    expect(await fetched(url, { 'if-none-match': etag })).toMatchObject({ status: 304, body: '' });
    entries = own.slice(1);
    expect((await fetched(url, { 'if-none-match': etag })).status).toBe(200);
  });

  test('has one address at a time, which ends at once when it is renewed or the feed is ended', async () => {
    const first = (await make({ scope: 'absences' })).body;
    expect((await fetched(first.url)).status).toBe(200);
    expect(await make({ scope: 'absences' })).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:feed-there' } });
    const second = (await ben.api('post', `/me/feeds/${first.id}/address`)).body;
    expect([(await fetched(first.url)).status, (await fetched(second.url)).status]).toEqual([404, 200]);
    expect((await ben.api('delete', `/me/feeds/${first.id}`)).status).toBe(204);
    expect([(await fetched(second.url)).status, (await ben.api('delete', `/me/feeds/${first.id}`)).status]).toEqual([404, 404]);
    expect(await listed()).toEqual([]);
  });

  test('says when a calendar last asked for it, and never its address', async () => {
    const { url, id } = (await make({ scope: 'absences' })).body;
    await fetched(url);
    await until('the fetch noted', async () => (await listed())[0].fetchedAt !== null);
    expect(Object.keys((await listed())[0])).toEqual(['id', 'scope', 'project', 'addressAt', 'fetchedAt']);
    const secret = url.split('/').at(-1).replace('.ics', '');
    const kept: string[] = [];
    for await (const line of portal.store.dump()) kept.push(JSON.stringify(line));
    expect([kept.length > 0, kept.join().includes(secret)]).toEqual([true, false]);
    expect((await manager.api('delete', `/me/feeds/${id}`)).status).toBe(404);
  });

  test('is gone at once when its account is, or is no more that person', async () => {
    expect(await make({ scope: 'person' })).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:no-person' } });
    await link();
    const { url } = (await make({ scope: 'person' })).body;
    const others = (await make({ scope: 'absences' })).body.url;
    await link();
    expect([(await fetched(url)).status, (await fetched(others)).status]).toEqual([404, 200]);
    expect((await listed()).map(({ scope }: { scope: string }) => scope)).toEqual(['absences']);
    await change({ disabled: true });
    expect((await fetched(others)).status).toBe(404);
  });

  test('answers a stranger nothing, and whoever goes on guessing is sent away', async () => {
    const { url } = (await make({ scope: 'absences' })).body;
    const statuses = new Set<number>();
    for (let n = 0; n <= feedLimits.missed.points; n++) statuses.add((await fetched(`${url.slice(0, -8)}${n}.ics`)).status);
    expect([...statuses]).toEqual([404, 429]);
    expect((await fetched(url)).status).toBe(200);
  });
});
