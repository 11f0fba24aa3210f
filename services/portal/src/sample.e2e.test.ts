import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { newAssignment, newTimeOff, until } from '@sidekick/testing';
import { firstManager, printedLink } from './testing/accounts.ts';
import { all } from './testing/lists.ts';
import { type PortalProcess, portalProcess } from './testing/portal-process.ts';
import { change, newPerson } from './testing/records.ts';

jest.setTimeout(120_000);

let portal: PortalProcess;
beforeAll(async () => {
  portal = await portalProcess();
});
afterAll(() => portal.close());

test('the sample goes by one removal of each part, after what was made by hand is listed; what is not of it stays', async () => {
  const demo = portal.browser();
  expect((await demo.api('post', '/auth/demo', { body: { persona: 'manager' } })).status).toBe(200);
  const untouched = { removed: 26, editedHere: [] };
  expect((await demo.api('get', '/sources/sample')).body).toEqual(untouched);
  const spark = (await demo.api('get', '/pages/find?path=data/spark')).body;
  expect(spark).toMatchObject({ owners: [{ type: 'person' }], reviewEveryWeeks: 13 });
  expect((await demo.api('get', `/people/${spark.owners[0].id}`)).body.private.name).toBe('Priya Nair');
  const { records, madeByHand } = (await demo.api('get', '/sample')).body;
  expect(records).toMatchObject({ person: 14, project: 11 });
  expect(madeByHand).toEqual([]);
  expect((await demo.api('get', '/setup')).body.sample).toBe(true);

  const [noor] = (await all(demo, '/people')).filter((person) => person.private.name === 'Noor Haddad');
  const [project] = await all(demo, '/projects');
  const edited = (await demo.api('get', '/pages/find?path=glossary')).body;
  const save = { body: { body: '# Glossary\n\nOur own words.\n' }, headers: { 'if-match': `"${edited.version}"` } };
  expect((await demo.api('patch', `/pages/${edited.id}`, save)).status).toBe(200);
  const mine = (await demo.api('post', '/pages', { body: { path: 'ours', title: 'Our own page', body: 'Text' } })).body;
  const zoe = newPerson('Zoe Onwards');
  const assignment = newAssignment(zoe, project, 'contributor', { from: project.from, to: project.from, hoursPerWeek: 1 });
  const leave = newTimeOff(noor, '2027-06-01', '2027-06-02');
  expect((await change(demo, [zoe, assignment, leave])).status).toBe(201);

  expect((await demo.api('get', '/sources/sample')).body).toEqual({
    ...untouched,
    editedHere: [{ path: 'glossary', title: 'Glossary' }],
  });
  const listed = (await demo.api('get', '/sample')).body;
  expect(listed.records).toEqual(records);
  expect(listed.madeByHand.map(({ id }: { id: string }) => id).sort()).toEqual([assignment.id, leave.id].sort());
  expect(JSON.stringify(listed.madeByHand)).toContain('Zoe Onwards');

  expect(await demo.api('delete', '/accounts/sample')).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:needs-account' } });
  const manager = await firstManager({ browser: portal.browser, firstManagerLink: async () => printedLink(portal.out()) });
  const removals = [
    await manager.api('delete', '/sources/sample'),
    await manager.api('delete', '/sample'),
    await manager.api('delete', '/accounts/sample'),
  ];
  expect(removals.map(({ status }) => status)).toEqual([200, 200, 200]);

  expect((await all(manager, '/pages')).map(({ id }) => id)).toEqual([mine.id]);
  expect((await all(manager, '/people')).map(({ id }) => id)).toEqual([zoe.id]);
  for (const path of ['/projects', '/assignments', '/time-off', '/holidays']) expect(await all(manager, path)).toEqual([]);
  expect((await all(manager, '/accounts')).map(({ sample }) => sample)).toEqual([false]);
  expect((await manager.api('get', '/setup')).body.sample).toBe(false);
  const removal = (await manager.api('get', '/changes?limit=1')).body.items[0];
  expect(removal.changes.every(({ after }: { after: unknown }) => after === null)).toBe(true);

  const total = async (q: string) => (await manager.api('get', `/search?q=${encodeURIComponent(q)}&exact=true`)).body.total;
  await until('search without the sample', async () => (await total('Noor')) === 0 && (await total('Glossary')) === 0);
  expect(await total('Onwards')).toBe(1);
  expect(await total('own page')).toBe(1);

  await portal.stop();
  await portal.start();
  expect(portal.out()).not.toContain('First start');
  expect((await all(manager, '/pages')).map(({ id }) => id)).toEqual([mine.id]);
});
