import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newAssignment, newTimeOff, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { firstManager, invited } from './testing/accounts.ts';
import type { Caller } from './testing/caller.ts';
import { type PortalHere, portalHere } from './testing/portal-here.ts';
import { aFolder } from './testing/portal-process.ts';
import { newPerson, newProject } from './testing/records.ts';

const run = promisify(execFile);
const page = readFileSync(new URL('../../../infra/docs/api.md', import.meta.url), 'utf8');
/** Each `curl` of the page as it stands there, lines that go on joined. */
const calls = [...page.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
  .filter((line) => line.startsWith('curl '));

const ana = newPerson('Ana Moreira', { skills: [{ skill: 'PostGIS', level: 4 }] });
const ben = newPerson('Ben Carter');
const atlas = newProject('Atlas');
const lead = newAssignment(ben, atlas, 'lead', { from: '2026-11-30', to: '2027-01-29' });
const leave = newTimeOff(ana, '2026-12-21', '2026-12-23', { state: 'requested' });

const folder = aFolder();
let here: PortalHere;
let caller: Caller;
let secret: string;
beforeAll(async () => {
  here = await portalHere();
  const doors = { browser: here.browser, firstManagerLink: here.portal.gateway.firstManagerLink };
  caller = await invited(doors, await firstManager(doors), ['engineer', 'manager', 'ops'], 'all@example.org');
  const commands = [ana, ben, atlas, lead, leave];
  expect((await caller.api('post', '/changes', { body: { id: ulid(), commands } })).status).toBe(201);
  const body = { name: 'the page', scopes: ['read', 'staff', 'pages', 'system'], expiresAt: null };
  secret = (await caller.api('post', '/tokens', { body })).body.secret;
}, 60_000);
afterAll(() => here.close());

async function played(call: string): Promise<string> {
  const { version } = (await caller.api('get', `/time-off/${leave.id}`)).body;
  const own = {
    SIDEKICK_URL: here.url,
    SIDEKICK_TOKEN: secret,
    PROJECT: atlas.id,
    PERSON: ana.id,
    LEAVE: leave.id,
    VERSION: String(version),
  };
  const { stdout } = await run('/bin/bash', ['-c', call], { cwd: folder, env: { ASSIGNMENT: ulid(), ...own } });
  return stdout;
}
/** What the call with these words in it answers. */
const answerOf = async (words: string) => {
  const call = calls.find((one) => one.includes(words));
  if (!call) throw new Error(`no call with ${words}`);
  const text = await played(call);
  return text === '' ? null : JSON.parse(text);
};

test('the page shows ten calls and more, and each is played below', () => {
  expect(calls.length).toBeGreaterThanOrEqual(10);
});

test('every call of the page does what is said above it', async () => {
  expect(await answerOf('/me"')).toMatchObject({ roles: ['engineer', 'manager', 'ops'] });
  expect((await answerOf('/figures/free')).people[0]).toMatchObject({ person: ana.id });
  expect((await answerOf('/decisions')).items.length).toBeGreaterThan(0);
  expect((await answerOf('"gaps"')).answers[0]).not.toEqual([]);
  expect((await answerOf('/candidates')).candidates[0].person).toBe(ana.id);
  const { id } = await answerOf('/assignments/$ASSIGNMENT');
  expect((await caller.api('get', `/assignments/${id}`)).body).toMatchObject({ person: ana.id, role: 'sidekick' });
  await answerOf('/time-off/$LEAVE');
  expect((await caller.api('get', `/time-off/${leave.id}`)).body.state).toBe('approved');
  expect(await answerOf('/api/v1/pages"')).toMatchObject({ path: 'practices/releasing', title: 'Releasing' });
  await until('the page to be found', async () => (await answerOf('/search')).items.length > 0);
  for (const words of ['assignments.csv', 'assignments.json', 'sidekick.tar.gz']) expect(await answerOf(words)).toBeNull();
  const { items } = JSON.parse(readFileSync(`${folder}/assignments.json`, 'utf8'));
  expect(items.map((one: { id: string }) => one.id)).toContain(id);
  expect(readFileSync(`${folder}/assignments.csv`, 'utf8')).toContain(id);
  expect(readFileSync(`${folder}/sidekick.tar.gz`).subarray(0, 2).toString('hex')).toBe('1f8b');
  const seen = ['/me"', '/figures/free', '/decisions', '"gaps"', '/candidates', '$ASSIGNMENT', '$LEAVE', '/api/v1/pages"', '/search'];
  const unplayed = calls.filter(
    (call) => ![...seen, 'assignments.csv', 'assignments.json', 'sidekick.tar.gz'].some((words) => call.includes(words)),
  );
  expect(unplayed).toEqual([]);
}, 60_000);
