import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { requests } from '@sidekick/contracts';
import { type Asker, askers, type MatrixRow, matrixOf, probePath } from '@sidekick/gateway';
import { z } from 'zod';
import { firstManager, invited } from './testing/accounts.ts';
import { type PortalHere, portalHere } from './testing/portal-here.ts';

let here: PortalHere;
let rows: MatrixRow[];
/** A session each; one that an operation ended is begun again. */
const cookies = new Map<Asker, string>([['nobody', '']]);
let signIn: (asker: Asker) => Promise<void>;

beforeAll(async () => {
  here = await portalHere();
  rows = matrixOf(Object.fromEntries(here.portal.services.map((service) => [service.name, service])));
  const doors = { browser: here.browser, firstManagerLink: here.portal.gateway.firstManagerLink };
  const first = await firstManager(doors);
  let count = 0;
  signIn = async (asker) => {
    if (asker === 'nobody') return;
    count += 1;
    cookies.set(asker, (await invited(doors, first, [asker], `${asker}${count}@example.org`)).cookie);
  };
  for (const asker of askers) await signIn(asker);
}, 60_000);
afterAll(() => here.close());

/** The status alone: an event stream is left at its head. */
function statusOf(method: string, path: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const body = method === 'get' ? undefined : '{}';
    const headers = {
      ...(cookie ? { cookie } : {}),
      origin: here.url,
      ...(body ? { 'content-type': 'application/json', 'content-length': '2' } : {}),
    };
    const req = request(here.url + path, { method: method.toUpperCase(), headers, agent: false }, (res) => {
      resolve(res.statusCode ?? 0);
      res.destroy();
    });
    req.on('error', reject);
    req.end(body);
  });
}

describe('role × operation over the whole portal', () => {
  test('names every operation that is served, of every part', async () => {
    const { paths } = (await here.browser().open('/api/v1/openapi.json')).body;
    const served = Object.values(paths as Record<string, Record<string, { operationId: string }>>).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(rows.map(({ operation }) => operation).sort()).toEqual(served.sort());
    expect([...new Set(rows.map(({ part }) => part))].sort()).toEqual(['content', 'gateway', 'search', 'staffing']);
  });

  test('takes of the web what contracts say that it sends', () => {
    const taken = new Map(here.portal.services.flatMap(({ routes }) => routes.map(({ operation, body }) => [operation, body])));
    expect(Object.entries(requests).filter(([operation, body]) => taken.get(operation) !== body)).toEqual([]);
  });

  test('lets each of nobody, engineer, manager and ops do exactly what the table allows', async () => {
    const wrong: string[] = [];
    for (const { method, path, operation, allows } of rows) {
      for (const asker of askers) {
        const status = await statusOf(method, `/api/v1${probePath(path)}`, cookies.get(asker) ?? '');
        const expected = allows[asker] ? 'passes' : asker === 'nobody' ? 401 : 403;
        const got = status === 401 || status === 403 ? status : status >= 500 ? `fails with ${status}` : 'passes';
        if (got !== expected) wrong.push(`${operation} as ${asker}: ${status}, expected ${expected}`);
        if (operation === 'signOut') await signIn(asker);
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  test('is open to nobody but where a reader or somebody who signs in needs it', () => {
    const open = rows.filter(({ allows }) => allows.nobody).map(({ operation }) => operation);
    expect(open).toEqual([
      'acceptInvitation',
      'complete',
      'findPage',
      'listPages',
      'readAttachment',
      'readAuthOptions',
      'readDocs',
      'readDocsFile',
      'readFeed',
      'readInvitation',
      'readOpenapi',
      'readPage',
      'readRecovery',
      'readTree',
      'recover',
      'search',
      'signIn',
      'signInAsPersona',
      'signOut',
    ]);
  });

  test('denies what no part declares, to everybody', async () => {
    for (const path of ['/', '/readyz', '/livez', '/metrics', '/constructor', '/pages/../metrics', '/people/0/secrets', '/status']) {
      for (const asker of askers) {
        for (const method of ['get', 'post', 'delete']) {
          const status = await statusOf(method, `/api/v1${path}`, cookies.get(asker) ?? '');
          expect({ path, asker, method, status }).toEqual({ path, asker, method, status: 404 });
        }
      }
    }
  });
});

test('a number in an address is read in decimal digits alone, whatever operation it belongs to', () => {
  const wrong: string[] = [];
  const found: string[] = [];
  for (const { operation, params, query } of here.portal.services.flatMap(({ routes }) => routes)) {
    for (const schema of [params, query].filter((one) => one !== undefined)) {
      const { properties = {} } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
      for (const [name, value] of Object.entries(properties)) {
        if (typeof value !== 'object' || (value.type !== 'integer' && value.type !== 'number')) continue;
        found.push(`${operation} ${name}`);
        const issues = schema.safeParse({ [name]: '0x10' }).error?.issues ?? [];
        if (!issues.some(({ path, message }) => path[0] === name && /decimal digits/.test(message))) wrong.push(`${operation} ${name}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(found).toEqual(
    expect.arrayContaining([
      'listAttachments limit',
      'listChanges limit',
      'proposeHolidays year',
      'undoChange number',
      'listCandidates hours',
    ]),
  );
});
