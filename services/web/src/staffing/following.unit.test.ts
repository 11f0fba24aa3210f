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
  const timeline = aTimeline('2026-W49', '2026-W50', [ana], [work]);
  portal.set('GET /timeline', told(40, timeline));
  await shown(lists.assignments, changesQuery(50), timelineQuery('2026-W49', '2026-W50'));
  const following = makeFollowing(client);
  let answer: () => void = () => undefined;
  const rows = { people: [], projects: [], gone: [], assignments: [], group: timeline.group };
  const followed = { ...nothing, head: 41, view, items: [moved], timeline: rows };
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
  expect(portal.asked[0]?.headers.get('staffing-follow')).toBe(`after=40&view=${view}&weeks=2026-W49%2F2026-W50&history=50`);
  expect(assignments()).toMatchObject([{ version: 41 }]);
});

test('a part of the release before that refuses what is held is sent the same write once more, without it', async () => {
  await shown(lists.assignments);
  const following = makeFollowing(client);
  portal.set('POST /changes', ({ headers }) =>
    headers.has('staffing-follow')
      ? problem(400, 'invalid-follow', 'Not what it takes')
      : { ...told(41, { number: 41, items: [], warnings: [] }), status: 201 },
  );
  portal.set('GET /changes', told(41, { ...nothing, head: 41, view, items: [moved] }));
  const body = bodyOf('change', { id: idOf(1), commands: [] });
  const saved = following.write((follow) => ask(Written, '/changes', { method: 'POST', body, follow }));
  await jest.advanceTimersByTimeAsync(2_000);
  expect((await saved).number).toBe(41);
  expect(asked().filter((one) => one === 'POST /changes')).toHaveLength(2);
  expect(portal.asked[0]?.body).toEqual(portal.asked[1]?.body);
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

test('a list that could not be read is asked again with the next that is told, and when the stream comes back', async () => {
  portal.set('GET /people', problem(503, 'part-unreachable', 'The part is away'));
  await shown(lists.people, lists.assignments, decisions);
  const following = makeFollowing(client);
  following.event(41);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(asked()).toEqual(['GET /changes', 'GET /people', 'GET /decisions']);
  await jest.advanceTimersByTimeAsync(10_000);
  expect(asked()).toHaveLength(3);
  portal.set('GET /people', list(41, ana));
  following.opened(true);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(asked().slice(3)).toEqual(['GET /changes', 'GET /people', 'GET /decisions']);
  expect(client.getQueryData(lists.people.queryKey)).toMatchObject({ head: 41 });
  following.opened(true);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(asked().slice(6)).toEqual(['GET /changes', 'GET /decisions']);
});

test('what was changed between the first reads and the begin of the stream is asked for, once all of them are there', async () => {
  await shown(decisions);
  const following = makeFollowing(client);
  const answers: (() => void)[] = [];
  const late = (answer: Answer) => () => new Promise<Answer>((resolve) => answers.push(() => resolve(answer)));
  portal.set('GET /people', late(list(40, ana)));
  portal.set('GET /assignments', late(list(40, work)));
  for (const one of [lists.people, lists.assignments]) new QueryObserver(client, one as never).subscribe(() => undefined);
  await jest.advanceTimersByTimeAsync(1);
  following.opened(false);
  answers[0]?.();
  await jest.advanceTimersByTimeAsync(2_000);
  expect(asked()).toEqual(['GET /people', 'GET /assignments']);
  answers[1]?.();
  await jest.advanceTimersByTimeAsync(2_000);
  expect([asked().slice(2), assignments()]).toMatchObject([['GET /changes', 'GET /decisions'], [{ version: 41 }]]);
  portal.set('GET /changes', told(41, { ...nothing, head: 41, view }));
  following.opened(false);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(asked().slice(4)).toEqual(['GET /changes']);
});
