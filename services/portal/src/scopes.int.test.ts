import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { operationScopes, Scope, scopesAllow } from '@sidekick/contracts';
import { type MatrixRow, matrixOf, probePath } from '@sidekick/gateway';
import { firstManager, invited } from './testing/accounts.ts';
import { type Caller, callerAt } from './testing/caller.ts';
import { type PortalHere, portalHere } from './testing/portal-here.ts';
import { aFolder } from './testing/portal-process.ts';

const webRoot = aFolder();
let here: PortalHere;
let rows: MatrixRow[];
/** An account with every role, and one of an engineer. */
let all: Caller;
let engineer: Caller;

beforeAll(async () => {
  mkdirSync(webRoot, { recursive: true });
  const html = '<!doctype html><html lang="en"><head><title>x</title></head><body><div id="sk-root"><!--app--></div></body></html>';
  writeFileSync(join(webRoot, 'index.html'), html);
  here = await portalHere([], aFolder(), { webRoot });
  rows = matrixOf(Object.fromEntries(here.portal.services.map((service) => [service.name, service])));
  const doors = { browser: here.browser, firstManagerLink: here.portal.gateway.firstManagerLink };
  const first = await firstManager(doors);
  all = await invited(doors, first, ['engineer', 'manager', 'ops'], 'all@example.org');
  engineer = await invited(doors, first, ['engineer'], 'engineer@example.org');
}, 60_000);
afterAll(async () => {
  await here.close();
  rmSync(webRoot, { recursive: true, force: true });
});

async function tokenOf(caller: Caller, scopes: readonly Scope[]): Promise<{ secret: string; scopes: readonly Scope[] }> {
  const { status, body } = await caller.api('post', '/tokens', { body: { name: scopes.join(), scopes, expiresAt: null } });
  expect(status).toBe(201);
  return body;
}

/** Status and code of the problem, if there is one; of a stream or a long answer the head alone. */
function answerOf(method: string, path: string, secret: string): Promise<{ status: number; code: string }> {
  return new Promise((resolve, reject) => {
    const body = method === 'get' ? undefined : '{}';
    const headers = { authorization: `Bearer ${secret}`, ...(body ? { 'content-type': 'application/json', 'content-length': '2' } : {}) };
    const req = request(`${here.url}/api/v1${path}`, { method: method.toUpperCase(), headers, agent: false }, (res) => {
      const status = res.statusCode ?? 0;
      if (status !== 403) {
        resolve({ status, code: '' });
        return void res.destroy();
      }
      let text = '';
      res.setEncoding('utf8').on('data', (more) => {
        text += more;
      });
      res.on('end', () => resolve({ status, code: String(JSON.parse(text).type).replace('urn:sidekick:problem:', '') }));
    });
    req.on('error', reject);
    req.end(body);
  });
}

describe('scope × operation over the whole portal', () => {
  test('names every operation of every part, and no other', () => {
    expect([...operationScopes.keys()].sort()).toEqual(rows.map(({ operation }) => operation).sort());
  });

  test.each(Scope.options)(
    'a token for %s may be used for what the table allows, and for nothing else',
    async (scope) => {
      const { secret, scopes } = await tokenOf(all, [scope]);
      const wrong: string[] = [];
      for (const { method, path, operation } of rows) {
        const needed = operationScopes.get(operation);
        const { status, code } = await answerOf(method, probePath(path), secret);
        const isOpen = needed === 'any' || (needed != null && scopes.includes(needed));
        const expected = isOpen ? 'passes' : needed === null ? 'needs-session' : 'needs-scope';
        const got = status === 403 ? code : status === 401 || status >= 500 ? String(status) : 'passes';
        if (got !== expected) wrong.push(`${operation}: ${status} ${code}, expected ${expected}`);
      }
      expect(wrong).toEqual([]);
    },
    60_000,
  );

  test('whoever changes reads too; for how the portal is nothing of its content is needed', async () => {
    const given = async (...scopes: Scope[]) => (await tokenOf(all, scopes)).scopes;
    expect(await given('staff')).toEqual(['read', 'staff']);
    expect(await given('pages')).toEqual(['read', 'pages']);
    expect(await given('system')).toEqual(['system']);
  });

  test('no scope gives more than the roles of the account do', async () => {
    const { secret, scopes } = await tokenOf(engineer, Scope.options);
    const more: string[] = [];
    for (const { method, path, operation, allows } of rows) {
      const { status } = await answerOf(method, probePath(path), secret);
      const passes = status !== 401 && status !== 403;
      if (passes !== (allows.engineer && scopesAllow(scopes, operation))) more.push(`${operation}: ${status}`);
    }
    expect(more).toEqual([]);
  }, 60_000);

  test('metrics are read with the scope of how the portal is', async () => {
    const status = async (scope: Scope) => {
      const token = (await tokenOf(all, [scope])).secret;
      return (await callerAt(() => ({ url: here.url, token })).open('/metrics')).status;
    };
    expect([await status('read'), await status('system')]).toEqual([403, 200]);
  });

  test('a page asked for with a token that may not read holds nothing of it', async () => {
    const page = { title: 'Sesquipedalian', path: 'long-words', body: 'floccinaucinihilipilification' };
    expect((await all.api('post', '/pages', { body: { ...page, visibility: 'internal' } })).status).toBe(201);
    const seen = async (scope: Scope) => {
      const token = (await tokenOf(all, [scope])).secret;
      return JSON.stringify(await callerAt(() => ({ url: here.url, token })).open('/p/long-words'));
    };
    expect(await seen('read')).toContain('floccinaucinihilipilification');
    expect(await seen('system')).not.toContain('floccinaucinihilipilification');
  });
});
