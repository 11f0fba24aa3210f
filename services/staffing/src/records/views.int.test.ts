import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aManager, anEngineer, newRecord } from '@sidekick/testing';
import { aPortal, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal({ snapshotEvery: 2 });
});
afterEach(() => portal.close());

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}, as = aManager) =>
  portal.client.ask<any>(method, path, { as, headers, ...(body === undefined ? {} : { body }) });
const newView = (name: string, over: object = {}) =>
  newRecord('view', { name, screen: 'timeline', query: 'by=person&skill=Node', ...over });
const make = ({ id, record }: { id: string; record: unknown }, as = aManager) =>
  ask('put', `/views/${id}`, record, { 'if-none-match': '*' }, as);

test('a view for everybody is made, renamed, saved over and removed by managers, told in the history, and comes back with an undo', async () => {
  const view = newView('Backend');
  expect(await make(view)).toMatchObject({
    status: 201,
    body: { id: view.id, name: 'Backend', query: 'by=person&skill=Node', version: 1 },
  });
  expect((await ask('patch', `/views/${view.id}`, { name: 'Back end' }, { 'if-match': '"1"' })).status).toBe(200);
  expect((await ask('patch', `/views/${view.id}`, { query: '' }, { 'if-match': '"2"' })).status).toBe(200);
  expect((await ask('delete', `/views/${view.id}`, undefined, { 'if-match': '"3"' })).status).toBe(204);
  const summaries = (await ask('get', '/changes')).body.items.map(({ summary }: { summary: string }) => summary);
  expect(summaries).toEqual([
    'View Back end: removed',
    'View Back end: what it shows changed',
    'View Back end: name changed',
    'View Backend: added',
  ]);
  expect((await ask('post', '/changes/4/undo')).status).toBe(201);
  portal = await portal.restart();
  expect((await ask('get', `/views/${view.id}`, undefined, {}, anEngineer)).body).toMatchObject({
    name: 'Back end',
    query: '',
    version: 5,
  });
});

test('an engineer reads it and writes none, by its own address or in a change set', async () => {
  const view = newView('Backend');
  await make(view);
  expect((await ask('get', '/views', undefined, {}, anEngineer)).body.items).toMatchObject([{ name: 'Backend' }]);
  expect((await make(newView('Other'), anEngineer)).status).toBe(403);
  expect((await ask('delete', `/views/${view.id}`, undefined, { 'if-match': '"1"' }, anEngineer)).status).toBe(403);
  const body = { id: newView('x').id, commands: [newView('Other')], accept: [] };
  expect((await ask('post', '/changes', body, {}, anEngineer)).status).toBe(403);
});

test('two of one name on one screen are refused at the field in whatever spelling', async () => {
  await make(newView('Backend'));
  expect(await make(newView('  BACKEND '))).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'name', message: 'A view for everybody is called Backend already' }] },
  });
  expect((await make(newView('Backend', { screen: 'capacity' }))).status).toBe(201);
  expect((await make(newView('Long', { query: 'x'.repeat(2_001) }))).status).toBe(400);
});
