import { describe, expect, test } from '@jest/globals';
import { type Access, type Route, route } from '@sidekick/service-kit';
import { askers, matrixOf, probePath } from './matrix.ts';
import { declaredIn, operationsOf } from './operations.ts';

const made = (method: Route['method'], path: Route['path'], operation: string, access: Access = 'public') =>
  route({ method, path, operation, summary: operation, access, answers: { 204: null }, handle: async () => ({ status: 204 }) });

const parts = {
  content: { routes: [made('get', '/pages/{id}', 'readPage'), made('get', '/pages/find', 'findPage'), made('get', '/a.json', 'readA')] },
  staffing: { routes: [made('put', '/people/{id}', 'putPerson', ['manager']), made('get', '/people', 'listPeople', 'signed-in')] },
};

describe('operations', () => {
  const { find } = declaredIn(operationsOf(parts));
  const name = (method: string, path: string) => find(method, path)?.route.operation;

  test('are found by method and path, the literal path first', () => {
    expect(name('GET', '/pages/find')).toBe('findPage');
    expect(name('GET', '/pages/01')).toBe('readPage');
    expect(name('HEAD', '/people')).toBe('listPeople');
    expect(name('PUT', '/people/01')).toBe('putPerson');
  });
  test('that no part declares are not there', () => {
    for (const path of ['/readyz', '/metrics', '/pages/01/more', '/people/../metrics', '/aXjson', '/', '/constructor']) {
      expect(name('GET', path)).toBeUndefined();
    }
    expect(name('DELETE', '/people/01')).toBeUndefined();
  });
  test('are declared once over all parts', () => {
    expect(() => operationsOf({ a: { routes: [made('get', '/x', 'x')] }, b: { routes: [made('get', '/y', 'x')] } })).toThrow(
      'declared twice',
    );
    expect(() => operationsOf({ a: { routes: [made('get', '/x/{a}', 'x')] }, b: { routes: [made('get', '/x/{b}', 'y')] } })).toThrow(
      'declared twice',
    );
  });
});

describe('the matrix of roles', () => {
  test('says for every operation who may call it', () => {
    const rows = new Map(matrixOf(parts).map((row) => [row.operation, askers.filter((asker) => row.allows[asker])]));
    expect(rows.get('readPage')).toEqual(['nobody', 'engineer', 'manager', 'ops']);
    expect(rows.get('listPeople')).toEqual(['engineer', 'manager', 'ops']);
    expect(rows.get('putPerson')).toEqual(['manager']);
    expect(rows.size).toBe(5);
  });
  test('has an address to walk for each', () => {
    expect(probePath('/attachments/{hash}/{name}')).toBe('/attachments/0/0');
  });
});
