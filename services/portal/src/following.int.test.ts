import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sqliteBus } from '@sidekick/bus';
import { memoryCache } from '@sidekick/cache';
import { dayOf, isoDay } from '@sidekick/calendar';
import type { Command, Identity, RecordKind } from '@sidekick/contracts';
import { identityHeader, systemClock } from '@sidekick/service-kit';
import { createStaffing, staffingSchema } from '@sidekick/staffing';
import { sqliteStore } from '@sidekick/store';
import { aManager, anEngineer, type Client, clientOf, quietLog, testKeys, until } from '@sidekick/testing';
import {
  ask,
  bodyOf,
  changesQuery,
  lists,
  makeFollowing,
  makeQueryClient,
  QueryObserver,
  timelineGoingOn,
  timelineQuery,
  Written,
} from '@sidekick/web/replica';
import { ulid } from 'ulid';

const today = '2026-11-30';
const codes = ['sidekick-leads', 'over-allocated', 'outside-contract', 'outside-project', 'joint-absence', 'freelance-lead'];
/** Of the tab that asks: what a tab starts goes on as it. */
const reader = new AsyncLocalStorage<Identity>();
const own = globalThis.fetch;

let client: Client;
let close: () => Promise<void>;
/** Requests of tabs, as they name them. */
let asked: string[] = [];
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sidekick-following-'));
  const { sign, verify } = await testKeys();
  const store = sqliteStore({ file: join(folder, 'staffing.db'), schema: staffingSchema });
  const bus = sqliteBus({ file: join(folder, 'bus.db') });
  const clock = systemClock({ timeZone: 'Europe/Lisbon', today });
  const staffing = createStaffing({ store, bus, cache: memoryCache(), clock, log: quietLog, verify, pollMs: 50 });
  await store.migrate();
  await bus.declare();
  client = await clientOf(staffing, sign);
  globalThis.fetch = async (input, init) => {
    const address = String(input);
    if (!address.startsWith('/api/v1/')) return own(input, init);
    const as = reader.getStore();
    if (!as) throw new Error(`nobody asks for ${address}`);
    asked.push(`${init?.method ?? 'GET'} ${address.slice('/api/v1'.length)}`);
    const headers = new Headers(init?.headers);
    headers.set(identityHeader, await sign(as));
    return own(client.url + address.slice('/api/v1'.length), { ...init, headers });
  };
  close = async () => {
    globalThis.fetch = own;
    await client.close();
    await bus.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  };
});
afterAll(() => close());

const forManagers = new Set<RecordKind>(['rate', 'budget', 'weekNote']);
const shownTo = ({ roles }: Identity) => [
  ...Object.values(lists).filter(({ kind }) => roles.includes('manager') || !forManagers.has(kind)),
  ...[timelineQuery('2026-W49', '2027-W04'), changesQuery(50), changesQuery(3)],
];

/** A tab with everything of staffing on screen. */
function tabOf(identity: Identity) {
  const as = <T>(act: () => T): T => reader.run(identity, act);
  const shown = shownTo(identity);
  const queries = makeQueryClient();
  let turns = 0;
  // Each look at the clock is a second later: no event waits for the one before.
  const following = as(() => makeFollowing(queries, () => (turns += 1_000)));
  for (const options of shown) as(() => new QueryObserver(queries, options as never).subscribe(() => undefined));
  const held = () => shown.map(({ queryKey }) => queries.getQueryData<{ value: unknown; head: number }>(queryKey as readonly unknown[]));
  return {
    as,
    shown,
    /** What it shows once it holds this head. */
    async at(head: number) {
      await until(
        `the tab of ${identity.name} at ${head}`,
        () => queries.isFetching() === 0 && held().every((one) => (one?.head ?? 0) >= head),
      );
      return held().map((one) => one?.value);
    },
    heard: (number: number) => as(() => following.event(number)),
    write: (path: string, body?: ReturnType<typeof bodyOf>) =>
      as(() => following.write((follow) => ask(Written, path, { method: 'POST', body: body as never, follow }), true)),
    close: () => queries.clear(),
  };
}
type Tab = ReturnType<typeof tabOf>;

/** The same read anew. */
const fresh = ({ as, shown }: Tab) =>
  as(() => Promise.all(shown.map(async ({ queryFn }) => (await queryFn({ signal: new AbortController().signal })).value)));

const isOffered = (kind: RecordKind): boolean => kind === 'volunteer' || kind === 'wish';

/** Mulberry32: the same numbers on every run. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

/** Commands that nobody thought of, most of which can be: over records that are there, with whatever days, hours and words. */
function commandsBy(next: () => number, engineer: string) {
  const below = (limit: number) => Math.floor(next() * limit);
  const one = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const day = () => isoDay(dayOf(today) + below(60) - 10);
  const days = () => {
    const [a, b] = [day(), day()];
    return a < b ? { from: a, to: b } : { from: b, to: a };
  };
  const patterns = () => [
    {
      from: '2020-01-01',
      hours: one([
        [8, 8, 8, 8, 8, 0, 0],
        [8, 8, 8, 0, 0, 0, 0],
        [0, 0, 7.7, 7.7, 7.7, 4, 0],
      ]),
    },
  ];
  const made: Record<RecordKind, () => object> = {
    person: () => ({
      patterns: patterns(),
      region: one(['PT', 'ES', null]),
      private: { name: `Person ${below(99)}`, email: null, note: 'secret' },
    }),
    project: () => ({ name: `Project ${below(99)}`, ...days(), requiredSkills: below(3) ? [] : [{ skill: 'Go', level: 3 }] }),
    assignment: () => ({
      role: one(['lead', 'sidekick', 'contributor']),
      hoursPerWeek: 4 * below(9),
      state: one(['confirmed', 'tentative']),
      ...days(),
    }),
    timeOff: () => ({
      ...days(),
      state: one(['requested', 'approved']),
      amount: one([{ portion: 1 }, { portion: 0.5 }]),
      private: { kind: 'secret', note: null },
    }),
    holiday: () => ({ region: one(['PT', 'ES']), date: day(), name: `Day ${below(99)}`, portion: one([1, 0.5]) }),
    team: () => ({ name: `Team ${below(99)}` }),
    skill: () => ({ name: one(['Golang', 'Go', 'Rust']), spellings: one([[], ['go lang']]) }),
    rate: () => ({ from: day(), amount: below(20_000) }),
    budget: () => ({ money: below(2_000_000) }),
    settings: () => ({ currency: one(['EUR', 'CHF']) }),
    volunteer: () => ({ private: { note: `secret ${below(99)}` } }),
    view: () => ({ name: `View ${below(99)}`, screen: 'timeline', query: `q=${below(99)}` }),
    wish: () => ({ skill: one(['Go', 'Golang', 'Rust']) }),
    weekNote: () => ({ week: `2026-W${49 + below(5)}`, private: { note: `secret ${below(99)}` } }),
    opening: () => ({
      ...{ role: one(['lead', 'contributor']), from: day(), to: null, hoursPerWeek: 1 + below(24) },
      ...{ skills: [{ skill: one(['Go', 'Golang', 'Rust']), level: 2 }], private: { note: `secret ${below(99)}` } },
    }),
  };
  const patched: Record<RecordKind, () => object> = {
    person: () =>
      one([
        { patterns: patterns() },
        { region: one(['PT', 'ES', null]) },
        { private: { name: `Person ${below(99)}` } },
        { skills: [{ skill: 'Go', level: 1 + below(5) }] },
        { contract: { to: one([null, '2026-12-18']) } },
      ]),
    project: () =>
      one([
        { name: `Project ${below(99)}` },
        { state: one(['agreed', 'proposal', 'lost']) },
        days(),
        { wantedHours: below(20) },
        { policy: one(['sidekick', 'no-sidekick']) },
      ]),
    assignment: made.assignment,
    timeOff: () => one([days(), { state: one(['requested', 'approved', 'declined']) }, { private: { note: `secret ${below(99)}` } }]),
    holiday: () => one([{ date: day() }, { name: `Day ${below(99)}` }, { region: one(['PT', 'ES']) }]),
    team: made.team,
    skill: made.skill,
    rate: made.rate,
    budget: made.budget,
    settings: made.settings,
    volunteer: made.volunteer,
    wish: made.wish,
    opening: made.opening,
    view: made.view,
    weekNote: made.weekNote,
  };
  interface Known {
    id: string;
    version: number;
  }
  return (records: Record<RecordKind, readonly Known[]>, isManager: boolean): Command | null => {
    const kind = isManager
      ? one<RecordKind>([
          ...(['person', 'project', 'assignment', 'assignment', 'assignment', 'timeOff', 'timeOff', 'holiday'] as const),
          ...(['team', 'skill', 'rate', 'rate', 'budget', 'volunteer', 'wish', 'opening', 'view', 'weekNote'] as const),
        ])
      : 'timeOff';
    const { person, project } = records;
    const [who, what] = [isManager ? one(person)?.id : engineer, one(project)?.id];
    const kept = one(records[kind]);
    if (!kept || next() < 0.4) {
      if ((kind === 'assignment' || kind === 'timeOff' || kind === 'team' || kind === 'rate') && !who) return null;
      const record = {
        ...made[kind](),
        ...(kind === 'timeOff' || kind === 'assignment' || kind === 'rate' || isOffered(kind) ? { person: who } : {}),
        ...(kind === 'assignment' || kind === 'budget' || kind === 'volunteer' || kind === 'opening' || kind === 'weekNote'
          ? { project: what }
          : {}),
        ...(kind === 'team' ? { people: [who], lead: who } : {}),
      };
      return { do: 'create', kind, id: ulid(), record: isManager ? record : { ...record, state: 'requested' } };
    }
    if (next() < 0.3) return { do: 'delete', kind, id: kept.id, version: kept.version };
    return { do: 'change', kind, id: kept.id, version: kept.version, patch: patched[kind]() as Record<string, unknown> };
  };
}

test.each([1, 2])(
  'whatever is changed, by whomever, taken back or not: each tab shows what it would read anew (%i)',
  async (seed) => {
    const next = random(seed);
    const noor = ulid();
    const noors: Identity = { ...anEngineer, person: noor };
    const [helena, rita] = [aManager, { ...aManager, account: aManager.account.replace(/.$/, '2'), name: 'Rita Faria' }];
    const first = {
      patterns: [{ from: '2020-01-01', hours: [8, 8, 8, 8, 8, 0, 0] }],
      region: 'PT',
      private: { name: 'Noor', email: null, note: null },
    };
    const commands: Command[] = [
      { do: 'create', kind: 'person', id: noor, record: first },
      { do: 'create', kind: 'project', id: ulid(), record: { name: 'Atlas', from: '2026-11-02', to: '2027-03-14' } },
    ];
    const begun = await client.ask<{ number: number }>('post', '/changes', { as: helena, body: { id: ulid(), commands } });
    const tabs = [helena, rita, noors].map(tabOf);
    const readers = [helena, rita, noors];
    await Promise.all(tabs.map((tab) => tab.at(begun.body.number)));
    const commandFor = commandsBy(next, noor);
    const none = { skill: [], rate: [], budget: [], settings: [] };
    let [done, whole] = [0, 0];
    for (let step = 0; step < 120 && done < 16; step += 1) {
      const at = Math.floor(next() * 3);
      const [tab, as] = [tabs[at] as Tab, readers[at] as Identity];
      const read = await fresh(tab);
      const kept = Object.fromEntries(tab.shown.flatMap((one, index) => ('kind' in one ? [[one.kind, read[index]]] : []))) as never;
      const undone = next() < 0.2 ? 1 + Math.floor(next() * (begun.body.number + done)) : null;
      const command = commandFor(Object.assign({ ...none }, kept), as !== noors);
      if (undone === null && !command) continue;
      const accept = as === noors ? {} : { accept: codes, reason: 'secret, and known' };
      asked = [];
      const sent = undone
        ? tab.write(`/changes/${undone}/undo${as === noors ? '' : `?reason=known&accept=${codes.join('&accept=')}`}`)
        : tab.write('/changes', bodyOf('change', { id: ulid(), commands: [command as Command], ...accept }));
      const answer = await sent.catch((error: { status?: number }) => {
        // Most of what is made up can be, some is refused: it has left nothing behind.
        if (!error.status || error.status >= 500) throw error;
        return null;
      });
      if (!answer) continue;
      done += 1;
      for (const other of tabs) other.heard(answer.number);
      const held = await Promise.all(tabs.map((one) => one.at(answer.number)));
      whole += asked.filter((one) =>
        /^GET \/(people|projects|assignments|time-off|holidays|teams|volunteers|wishes|openings|views|timeline)/.test(one),
      ).length;
      for (const [index, one] of tabs.entries())
        expect([readers[index]?.name, held[index]]).toEqual([readers[index]?.name, await fresh(one)]);
    }
    for (const tab of tabs) tab.close();
    // Not one list was read again.
    expect([done, whole]).toEqual([16, 0]);
  },
  120_000,
);

test('going on in time asks the weeks that are missing alone and holds what the whole would say; of another head all is asked', async () => {
  const helena = aManager;
  const as = <T>(act: () => T): T => reader.run(helena, act);
  const queries = makeQueryClient();
  const goOn = (...range: Parameters<typeof timelineGoingOn>) =>
    as(() => queries.fetchQuery(timelineGoingOn(...range) as never)) as Promise<any>;
  const whole = (...range: Parameters<typeof timelineQuery>) =>
    as(() => timelineQuery(...range).queryFn({ signal: new AbortController().signal }));
  /** Work without an hour there may be left out, and of everybody one figure is no sum. */
  const told = ({ value: { assignments, group, ...rest } }: Awaited<ReturnType<typeof whole>>) => ({
    ...rest,
    assignments: assignments.filter(({ planned, accepted }) => accepted?.length || planned.some((hours) => hours !== 0)),
    group: { ...group, fairness: null },
  });
  const last = () => asked.filter((one) => one.startsWith('GET /timeline')).map((one) => one.slice('GET /timeline?'.length));
  await goOn('2026-W46', '2026-W51');
  const steps = [
    ['2026-W48', '2026-W53', ['from=2026-W52&to=2026-W53']],
    ['2026-W47', '2027-W02', ['from=2026-W47&to=2026-W47', 'from=2027-W01&to=2027-W02']],
    ['2026-W45', '2026-W48', ['from=2026-W45&to=2026-W45']],
    ['2027-W10', '2027-W12', ['from=2027-W10&to=2027-W12']],
  ] as const;
  for (const [from, to, requests] of steps) {
    asked = [];
    const joined = await goOn(from, to);
    // The first answer holds the week before as well; what is asked is at most what is named here.
    expect(last().every((one) => requests.some((wanted) => wanted === one))).toBe(true);
    expect(told(joined)).toEqual(told(await whole(from, to)));
  }
  await goOn('2026-W49', '2026-W50', 'day');
  asked = [];
  const days = await goOn('2026-W50', '2026-W52', 'day');
  expect(last()).toEqual(['from=2026-W51&to=2026-W52&by=day']);
  expect(told(days)).toEqual(told(await whole('2026-W50', '2026-W52', 'day')));
  const commands: Command[] = [{ do: 'create', kind: 'holiday', id: ulid(), record: { region: 'PT', date: '2027-01-06', name: 'Late' } }];
  expect((await client.ask('post', '/changes', { as: helena, body: { id: ulid(), commands } })).status).toBe(201);
  asked = [];
  const anew = await goOn('2026-W51', '2027-W03');
  expect(last().at(-1)).toBe('from=2026-W51&to=2027-W03');
  expect(anew).toEqual(await whole('2026-W51', '2027-W03'));
});
