import { expect, test } from '@jest/globals';
import { pathOf, routeTableOf } from './route-table.ts';
import type { Route } from './routes.ts';

const routes: Pick<Route, 'method' | 'path'>[] = [
  { method: 'get', path: '/pages/{id}' },
  { method: 'get', path: '/pages/find' },
  { method: 'delete', path: '/pages/{id}' },
  { method: 'put', path: '/pages/{id}' },
  { method: 'get', path: '/files/{hash}/{name}' },
  { method: 'get', path: '/feeds/{id}.ics' },
];
const { find, methods } = routeTableOf(routes, (route) => route);

test('answers the parameters of a path, decoded', () => {
  expect(find('GET', '/files/a%20b/c%2Fd')).toEqual({ item: routes[4], params: { hash: 'a b', name: 'c/d' } });
  expect(find('GET', '/feeds/me.ics')?.params).toEqual({ id: 'me' });
  expect(() => find('GET', '/pages/%zz')).toThrow(URIError);
});

test('prefers a literal path and overlooks a slash at the end', () => {
  expect(find('GET', '/pages/find/')?.item.path).toBe('/pages/find');
  expect(find('HEAD', '/pages/other/')?.params).toEqual({ id: 'other' });
  expect(find('GET', '/pages/')).toBeUndefined();
  expect(find('POST', '/pages/find')).toBeUndefined();
});

test('knows which methods a path takes', () => {
  expect(methods('/pages/01')).toEqual(['GET', 'HEAD', 'PUT', 'DELETE']);
  expect(methods('/files/a/b')).toEqual(['GET', 'HEAD']);
  expect([methods('/pages'), methods('/files'), methods('/')]).toEqual([[], [], []]);
});

test('takes the query off an address', () => {
  expect(pathOf('/pages/find?path=a?b')).toBe('/pages/find');
  expect(pathOf('/pages')).toBe('/pages');
});
