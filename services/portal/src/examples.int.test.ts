import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { documentCheck } from '@sidekick/testing';
import { z } from 'zod';
import { type PortalHere, portalHere } from './testing/portal-here.ts';

interface Media {
  example?: unknown;
}
interface Served {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; example?: unknown }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}

let here: PortalHere;
let document: { paths: Record<string, Record<string, Served>> };
beforeAll(async () => {
  here = await portalHere();
  document = (await here.browser().open('/api/v1/openapi.json')).body;
}, 60_000);
afterAll(() => here.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, served]) => ({ path, method, served })),
  );
const routes = () => here.portal.services.flatMap((service) => service.routes);

describe('the OpenAPI document that is served', () => {
  test('holds an example of every body, which the route takes', () => {
    const known = new Map(routes().map((route) => [route.operation, route]));
    const wrong: string[] = [];
    let seen = 0;
    for (const { served } of operations()) {
      const route = known.get(served.operationId);
      for (const { example } of Object.values(served.requestBody?.content ?? {})) {
        seen += 1;
        if (example === undefined) wrong.push(`${served.operationId}: none`);
        const parsed = route?.body?.safeParse(example);
        if (parsed && !parsed.success) wrong.push(`${served.operationId}: ${z.prettifyError(parsed.error)} in ${JSON.stringify(example)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(50);
  });

  test('holds an example of every answer that went well, which fits it', () => {
    const check = documentCheck(document as never);
    const wrong: string[] = [];
    let seen = 0;
    for (const { path, method, served } of operations()) {
      for (const [status, { content = {} }] of Object.entries(served.responses)) {
        if (!status.startsWith('2')) continue;
        for (const [media, { example }] of Object.entries(content)) {
          seen += 1;
          if (example === undefined) wrong.push(`${served.operationId} ${status}: none`);
          if (media !== 'application/json') continue;
          try {
            check(method, path.replaceAll(/\{\w+\}/g, '0'), Number(status), example);
          } catch (error) {
            wrong.push(`${served.operationId} ${status}: ${(error as Error).message.slice(0, 300)}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(120);
  });

  test('holds an example of every parameter that has to be given, which the route takes', () => {
    const wrong: string[] = [];
    for (const { operation, params, query } of routes()) {
      const served = operations().find((one) => one.served.operationId === operation)?.served;
      for (const [place, schema] of [['path', params] as const, ['query', query] as const]) {
        const given = (served?.parameters ?? []).filter((one) => one.in === place && one.required);
        const example = Object.fromEntries(given.map(({ name, example: value }) => [name, String(value)]));
        const parsed = schema?.safeParse(example);
        if (parsed && !parsed.success) wrong.push(`${operation} ${place}: ${z.prettifyError(parsed.error)} in ${JSON.stringify(example)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('says things that a group could say, with the end behind the begin', () => {
    const bodyOf = (operation: string) =>
      operations().find(({ served }) => served.operationId === operation)?.served.requestBody?.content['application/json']?.example;
    expect(bodyOf('putProject')).toMatchObject({ name: 'Atlas', from: '2026-11-30', to: '2026-12-18' });
    expect(bodyOf('createPage')).toMatchObject({ title: 'How we release', body: expect.stringContaining('Tuesday') });
    expect(bodyOf('change')).toMatchObject({ commands: [{ do: 'create', kind: 'assignment' }] });
    expect(bodyOf('createToken')).toMatchObject({ scopes: ['read'] });
  });
});
