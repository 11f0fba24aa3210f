import { beforeEach, expect, jest, test } from '@jest/globals';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { ask, bodyOf } from '../api/ask.ts';
import { type Answer, fakePortal, idOf, problem } from '../testing/portal.ts';
import { anAssignment, aPerson, aTimeline } from '../testing/staffing.ts';
import { makeFollowing, Written } from './following.ts';
import { changesQuery, lists, timelineQuery } from './held.ts';

const view = 'DB.account.manager';
const told = (head: number, body: unknown, of = view): Answer => ({
  body,
  headers: { 'staffing-head': String(head), 'staffing-view': of },
});
const list = (head: number, ...items: object[]) => told(head, { items, nextCursor: null });
const [ana, work] = [aPerson(idOf(1), 'Ana Duarte'), anAssignment(idOf(21), idOf(1))];
const nothing = { reset: false, items: [], changes: [], standing: [], today: '2026-11-30', timeline: null };
const moved = { kind: 'assignment', id: work.id, record: { ...work, from: '2026-10-12', version: 41 } };

let client: QueryClient;
let portal: ReturnType<typeof fakePortal>;
beforeEach(() => {
  jest.useFakeTimers();
  client = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: Number.POSITIVE_INFINITY } } });
  portal = fakePortal({
    'GET /people': list(40, ana),
    'GET /assignments': list(40, work),
    'GET /changes': ({ query }) => (query.has('after') ? told(41, { ...nothing, head: 41, view, items: [moved] }) : list(40)),
    'GET /decisions': told(40, {}),
  });
});
const asked = () => portal.asked.map(({ method, path }) => `${method} ${path}`);
const shown = async (...options: object[]) => {
  for (const one of options) new QueryObserver(client, one as never).subscribe(() => undefined);
  await jest.advanceTimersByTimeAsync(1);
  portal.asked.length = 0;
};
const assignments = () => client.getQueryData<{ value: { version: number }[] }>(lists.assignments.queryKey)?.value;
const decisions = { queryKey: ['staffing', 'decisions', 1], queryFn: () => ask(Written.partial(), '/decisions') };

test('an event no newer than what is held asks nothing; a newer one asks what came since, and what is not followed again', async () => {
  await shown(lists.people, lists.assignments, decisions);
  const following = makeFollowing(client);
  following.event(41);
  for (let many = 0; many < 50; many += 1) following.event(41);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(asked()).toEqual(['GET /changes', 'GET /decisions']);
  expect(Object.fromEntries(portal.asked[0]?.query ?? [])).toEqual({ after: '40', view });
  expect(assignments()).toMatchObject([{ version: 41, from: '2026-10-12' }]);
  following.event(41);
  following.event(40);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(asked()).toHaveLength(2);
});

test('a save is one request: its event comes before its answer, which brings up what is held', async () => {
  await shown(lists.assignments, changesQuery(50), timelineQuery('2026-W49', '2026-W50'));
  const following = makeFollowing(client);
  portal.set('GET /timeline', { body: {} });
  let answer: () => void = () => undefined;
  const followed = { ...nothing, head: 41, view, items: [moved] };
  portal.set(
    'POST /changes',
    () =>
      new Promise((resolve) => (answer = () => resolve({ ...told(41, { number: 41, items: [], warnings: [], followed }), status: 201 }))),
  );
  const body = bodyOf('change', { id: idOf(1), commands: [] });
  const saved = following.write((follow) => ask(Written, '/changes', { method: 'POST', body, follow }));
  await jest.advanceTimersByTimeAsync(1);
  following.event(41);
  await jest.advanceTimersByTimeAsync(2_000);
  answer();
  await saved;
  await jest.advanceTimersByTimeAsync(2_000);
  expect(asked()).toEqual(['POST /changes']);
  expect(portal.asked[0]?.headers.get('staffing-follow')).toBe(`after=40&view=${view}&history=50`);
  expect(assignments()).toMatchObject([{ version: 41 }]);
});

test('a timeline is brought up by its rows, and read again where the day has passed', async () => {
  const range = timelineQuery('2026-W49', '2026-W50');
  const timeline = aTimeline('2026-W49', '2026-W50', [ana], [work]);
  portal.set('GET /timeline', told(40, timeline));
  await shown(range);
  const rows = { people: [], projects: [], gone: [work.id], assignments: [], group: { ...timeline.group, netHours: 12 } };
  const since = (head: number, over: object) => told(head, { ...nothing, head, view, timeline: rows, ...over });
  portal.set('GET /changes', since(41, {}));
  const following = makeFollowing(client);
  following.event(41);
  await jest.advanceTimersByTimeAsync(2_000);
  expect([asked(), portal.asked[0]?.query.get('weeks')]).toEqual([['GET /changes'], '2026-W49/2026-W50']);
  expect(client.getQueryData(range.queryKey)).toMatchObject({ head: 41, value: { head: 41, assignments: [], group: { netHours: 12 } } });
  portal.set('GET /changes', since(42, { today: '2026-12-01' }));
  portal.set('GET /timeline', told(42, { ...timeline, head: 42, today: '2026-12-01' }));
  following.event(42);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(asked().slice(1)).toEqual(['GET /changes', 'GET /timeline']);
});

test.each([
  ['a part of an older release', problem(400, 'invalid-input', 'The request is not valid')],
  ['too much that changed', told(60, { head: 60, view, reset: true })],
  ['another database', told(3, { head: 3, view: 'OTHER.account.manager', reset: true }, 'OTHER.account.manager')],
])('%s: whole lists are asked again, once', async (_what, answer) => {
  await shown(lists.people, lists.assignments);
  portal.set('GET /changes', answer);
  portal.set('GET /assignments', list(60, { ...work, version: 55 }));
  portal.set('GET /people', list(60, ana));
  makeFollowing(client).event(60);
  await jest.advanceTimersByTimeAsync(5_000);
  expect(asked()).toEqual(['GET /changes', 'GET /people', 'GET /assignments']);
  expect(assignments()).toMatchObject([{ version: 55 }]);
});

test('a write whose answer tells nothing of what is held asks whole lists again', async () => {
  await shown(lists.assignments);
  portal.set('POST /changes', { ...told(41, { number: 41, items: [], warnings: [] }), status: 201 });
  portal.set('GET /assignments', list(41, { ...work, version: 41 }));
  const body = bodyOf('change', { id: idOf(1), commands: [] });
  await makeFollowing(client).write((follow) => ask(Written, '/changes', { method: 'POST', body, follow }));
  await jest.advanceTimersByTimeAsync(2_000);
  expect(asked()).toEqual(['POST /changes', 'GET /assignments']);
});

test('a list that was on its way while something changed is brought up as soon as it is there', async () => {
  await shown(lists.people);
  const following = makeFollowing(client);
  let answer: () => void = () => undefined;
  portal.set('GET /assignments', () => new Promise((resolve) => (answer = () => resolve(list(40, work)))));
  new QueryObserver(client, lists.assignments as never).subscribe(() => undefined);
  following.event(41);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(assignments()).toBeUndefined();
  answer();
  await jest.advanceTimersByTimeAsync(2_000);
  expect([asked(), assignments()]).toMatchObject([['GET /assignments', 'GET /changes', 'GET /changes'], [{ version: 41 }]]);
});
