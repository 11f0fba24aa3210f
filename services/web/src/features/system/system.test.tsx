import { beforeEach, expect, test } from '@jest/globals';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { Guard } from '../../shell/guard.tsx';
import { aMe, anImport } from '../../testing/builders.ts';
import { fakePortal, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aLetter, aPart, aSystem } from '../../testing/system.ts';
import { SystemScreen } from './system-screen.tsx';

configure({ asyncUtilTimeout: 30_000 });

const list = (...items: object[]) => ({ body: { items, nextCursor: null } });
const base = {
  'GET /me': { body: aMe({ name: 'Tomás Reis', roles: ['ops'] }) },
  'GET /system': { body: aSystem() },
  'GET /system/dead-letters': list(),
  'GET /system/deeds': list(),
  'GET /system/sign-ins': list(),
  'GET /imports': list(),
};
const letters = '/system/dead-letters/search.index';
const oneDead = { dead: [{ queue: 'search.index', count: 1 }] };
const draw = (at = '/system') => renderRoutes([{ element: <Guard />, children: [{ path: '/system', element: <SystemScreen /> }] }], at);
const figure = async (name: string) => (await screen.findByText(name, { selector: '.k' })).parentElement?.textContent ?? '';

beforeEach(() => {
  localStorage.clear();
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: async () => undefined } });
});

test('a portal that is well says so, with its figures and empty places in words', async () => {
  fakePortal(base);
  draw();
  expect(await screen.findByText('Everything runs.')).toBeTruthy();
  expect(await figure('Oldest unsent event')).toContain('none');
  expect(await figure('Search index behind')).toContain('0 s');
  expect(await figure('Last good backup')).toContain('7 h ago');
  expect(screen.getByText(/^One process · release 1.4.2 · 212 MB/)).toBeTruthy();
  expect(await screen.findByText(/^Every event was handled/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Import a handbook' }).getAttribute('href')).toBe('/imports');
  const parts = within(screen.getByRole('list', { name: 'Parts' }));
  expect(parts.getAllByText('Healthy')).toHaveLength(7);
  expect(parts.getByText(/^log at 1,487, all sent$/)).toBeTruthy();
});

test('a webhook that was stopped by failing is told, with the way to it', async () => {
  const gateway = aPart('gateway', { webhooks: { on: 2, failing: 1, stopped: 1 } });
  fakePortal({ ...base, 'GET /system': { body: aSystem({}, [gateway]) } });
  draw();
  expect(await screen.findByText('One webhook sends nothing any more.', { exact: false })).toBeTruthy();
  expect(screen.getByText('1; somebody has to start them again')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'See the webhooks' }).getAttribute('href')).toBe('/webhooks');
});

test('a part that misses something stands first and says what happened, what people notice and what to do', async () => {
  const search = aPart('search', { queues: [{ queue: 'search.index', name: 'search.index.0', waiting: 23, oldest: 840 }] });
  const index = { documents: 9, behind: 840, newestEventAt: null, builtAt: null, rebuilding: null, failure: null };
  const degraded = { ...search, state: 'degraded' as const, missing: ['bus'] };
  degraded.replicas = search.replicas.map((replica) => ({
    ...replica,
    address: 'http://search-0',
    status: replica.status && { ...replica.status, index },
  }));
  fakePortal({ ...base, 'GET /system': { body: aSystem({}, [degraded]) } });
  draw();
  expect(await screen.findByText('Running, one part degraded: search.')).toBeTruthy();
  expect(screen.getByText('Search is 14 min behind.', { exact: false })).toBeTruthy();
  const [first] = within(screen.getByRole('list', { name: 'Parts' })).getAllByRole('listitem');
  expect(first?.textContent).toMatch(
    /Degraded.*search.*no connection to the bus.*as it was when the connection was lost.*AMQP_URL of search/s,
  );
  const queues = within(screen.getByRole('region', { name: 'Queues' }));
  expect(queues.getByRole('row', { name: /search.index.0 .* 23 14 min 0/ })).toBeTruthy();
});

test('a part that gives no answer is down, by name, with what does not work meanwhile', async () => {
  const down = aPart('staffing', {}, { state: 'down', ready: false, missing: ['answer'] });
  down.replicas = [{ address: 'this process', state: 'down', missing: ['answer'], status: null }];
  fakePortal({ ...base, 'GET /system': { body: aSystem({ dead: [{ queue: 'search.index', count: null }] }, [down]) } });
  draw();
  expect(await screen.findByText('staffing is down.')).toBeTruthy();
  expect(screen.getByText(/Timeline, people, projects and leave do not open/)).toBeTruthy();
  expect(await figure('Dead letters')).toContain('the bus does not answer');
});

test('the room on each disk is told once, and before there is none', async () => {
  const free = (gigabytes: number) => ({ disks: [{ name: 'data folder', free: gigabytes * 1e9, size: 100e9 }] });
  fakePortal({ ...base, 'GET /system': { body: aSystem({}, [aPart('content', free(20)), aPart('staffing', free(4))]) } });
  draw();
  expect(await screen.findByText(/^The disk of the data folder has 4.0 GB left/)).toBeTruthy();
  expect(screen.getAllByText('4.0 GB free of 100.0 GB')).toHaveLength(1);
});

test('a part whose disk is full says what to do', async () => {
  const full = aPart('content', {}, { state: 'degraded', missing: ['disk'] });
  fakePortal({ ...base, 'GET /system': { body: aSystem({}, [full]) } });
  draw();
  expect(await screen.findByText(/^Free some room on the disk of the data folder/)).toBeTruthy();
  expect(screen.getByText(/What is saved is refused/)).toBeTruthy();
});

test('replicas are listed each with its state', async () => {
  const content = aPart('content', {}, { state: 'degraded', missing: ['answer'] });
  const [one] = content.replicas;
  content.replicas = [
    { address: 'http://content-0', state: 'ready', missing: [], status: one?.status ?? null },
    { address: 'http://content-1', state: 'down', missing: ['answer'], status: null },
  ];
  fakePortal({ ...base, 'GET /system': { body: aSystem({}, [content]) } });
  draw();
  const replicas = within(await screen.findByRole('list', { name: 'Replicas of content' }));
  expect(replicas.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^Healthyhttp:\/\/content-0release 1.4.2/),
    expect.stringMatching(/^Downhttp:\/\/content-1misses answer/),
  ]);
  expect(screen.getByText(/as long as another replica answers/)).toBeTruthy();
});

test('a dead letter is opened, read, and replayed; its row says so, and says when it is dead again', async () => {
  const portal = fakePortal({
    ...base,
    'GET /system': { body: aSystem(oneDead) },
    'GET /system/dead-letters': list(aLetter('41')),
    [`GET ${letters}/41`]: { body: { ...aLetter('41'), body: '{\n  "subject": "project-1"\n}', cut: false } },
    [`POST ${letters}/41/replay`]: { status: 204 },
  });
  const { user, address } = draw();
  await user.click(await screen.findByRole('button', { name: 'Open: Error: the index is read-only' }));
  expect(address()).toContain('letter=search.index');
  expect(await screen.findByText('"subject"')).toBeTruthy();
  expect(screen.getByText(/Project changed · search.index.0 · 4 tries/)).toBeTruthy();
  portal.set('GET /system/dead-letters', list());
  portal.set('GET /system', { body: aSystem() });
  await user.click(screen.getByRole('button', { name: 'Replay' }));
  const sent = await screen.findByText(/^Sent again at/);
  // Who pressed the button stays where the answer is, by keyboard and on a phone; of two replicas the one shown is meant.
  expect(document.activeElement).toBe(sent.closest('li'));
  expect(portal.last('POST', `/system/dead-letters/search.index/41/replay`)?.query.get('replica')).toBe('0');
  portal.set('GET /system/dead-letters', list(aLetter('41', { diedAt: '2026-11-30T09:40:00.000Z', reason: 'Error: still' })));
  expect(await screen.findByText('Dead again: Error: still', {}, { timeout: 15_000 })).toBeTruthy();
});

test('all of a queue are sent again at once', async () => {
  const portal = fakePortal({
    ...base,
    'GET /system': { body: aSystem({ dead: [{ queue: 'search.index', count: 2 }] }) },
    'GET /system/dead-letters': list(aLetter('1'), aLetter('2')),
    [`POST ${letters}/replay`]: { body: { replayed: 2 } },
  });
  const { user } = draw();
  await user.click(await screen.findByRole('button', { name: 'Replay all' }));
  expect(await screen.findByText('2 events were sent again')).toBeTruthy();
  expect(portal.asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('discarding asks for a reason, and takes none for an answer only once it is given', async () => {
  const portal = fakePortal({
    ...base,
    'GET /system': { body: aSystem(oneDead) },
    'GET /system/dead-letters': list(aLetter('41')),
    [`POST ${letters}/41/discard`]: { status: 204 },
  });
  const { user } = draw('/system?letter=search.index%2F0%2F41');
  await user.click(await screen.findByRole('button', { name: 'Discard, with a reason…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Discard' }));
  expect(dialog.getByRole('alert').textContent).toContain('not discarded without a reason');
  expect(portal.last('POST', `${letters}/41/discard`)).toBeUndefined();
  portal.set('GET /system/dead-letters', list());
  portal.set('GET /system/deeds', list(aDeed));
  await user.type(dialog.getByLabelText('Why'), 'The project is gone');
  await user.keyboard('{Escape}');
  await user.click(await screen.findByRole('button', { name: 'Discard, with a reason…' }));
  const again = within(await screen.findByRole('dialog'));
  expect(again.getByLabelText<HTMLInputElement>('Why').value).toBe('The project is gone');
  await user.click(again.getByRole('button', { name: 'Discard' }));
  await waitFor(() => expect(portal.last('POST', `${letters}/41/discard`)?.body).toEqual({ reason: 'The project is gone' }));
  expect(await screen.findByText(/The project is gone/)).toBeTruthy();
  expect(screen.getByText(/Discarded by/)).toBeTruthy();
});

const aDeed = {
  id: '01KB0000000000000000000041',
  at: '2026-11-30T09:36:30.000Z',
  did: 'discarded',
  by: 'Tomás Reis',
  queue: 'search.index',
  letter: '41',
  type: 'staffing.project.changed.v1',
  reason: 'The project is gone',
};

test('attempts to sign in say who, how, from where and whether they were let in; more come on request', async () => {
  const attempt = (n: number, over: object = {}) => ({
    ...{ id: `01KB00000000000000000000${n}`, at: `2026-11-30T09:${n}:00.000Z`, by: 'password', outcome: 'ok', address: '192.0.2.14' },
    ...{ account: { id: '01KB0000000000000000000001', name: 'Helena Prado' }, ...over },
  });
  const refused = attempt(31, { account: null, outcome: 'refused', address: '203.0.113.52' });
  const portal = fakePortal({ ...base, 'GET /system/sign-ins': { body: { items: [refused], nextCursor: 'next' } } });
  const { user } = draw();
  const table = within(await screen.findByRole('region', { name: 'Sign-ins' }));
  expect(table.getByText('no account').closest('tr')?.textContent).toMatch(/refused.*password.*203\.0\.113\.52/);
  portal.set('GET /system/sign-ins', list(refused, attempt(30)));
  await user.click(screen.getByRole('button', { name: 'Show more' }));
  expect((await screen.findByText('Helena Prado')).closest('tr')?.textContent).toMatch(/signed in.*192\.0\.2\.14/);
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

test('a letter that somebody else has settled says so, and the rest stays', async () => {
  fakePortal({
    ...base,
    'GET /system': { body: aSystem(oneDead) },
    'GET /system/dead-letters': list(aLetter('41')),
    [`POST ${letters}/41/replay`]: problem(404, 'no-dead-letter', 'There is no such dead letter, or not any more'),
  });
  const { user } = draw('/system?letter=search.index%2F0%2F41');
  await user.click(await screen.findByRole('button', { name: 'Replay' }));
  expect(await screen.findByText('There is no such dead letter, or not any more')).toBeTruthy();
});

test('managers see how the portal is, and not what dead letters say', async () => {
  const portal = fakePortal({ ...base, 'GET /me': { body: aMe() } });
  draw();
  expect(await screen.findByText(/is for accounts with the role ops/)).toBeTruthy();
  expect(portal.last('GET', '/system/dead-letters')).toBeUndefined();
});

test('an import that runs shows how far it is, and the last state stays when the gateway falls silent', async () => {
  const portal = fakePortal({ ...base, 'GET /imports': list(anImport({ state: 'running', done: 148, endedAt: null })) });
  const { client } = draw();
  expect((await screen.findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('148');
  portal.set('GET /system', problem(500, 'internal', 'Something failed inside'));
  void client.invalidateQueries();
  expect(await screen.findByText(/^Not asked since/)).toBeTruthy();
  expect(screen.getByText('Everything runs.')).toBeTruthy();
});
