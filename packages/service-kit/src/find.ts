import type { Route } from './routes.ts';

export interface Found<T> {
  item: T;
  /** Parameters of the path, decoded. */
  params: Record<string, string>;
}

interface Shape<T> {
  item: T;
  pattern: RegExp;
  names: string[];
}

/**
 * Finds what answers a method and a path such as `/pages/01J…`; undefined when nothing does. A literal path wins over one
 * with a parameter; a slash at the end means nothing. Throws URIError for a parameter that does not decode.
 */
export function finderOf<T>(items: readonly T[], routeOf: (item: T) => Pick<Route, 'method' | 'path'>) {
  const shapes = new Map<string, Shape<T>[]>();
  for (const item of items) {
    const { method, path } = routeOf(item);
    const key = `${method} ${root(path)}`;
    shapes.set(key, [...(shapes.get(key) ?? []), { item, ...patternOf(path) }]);
  }
  for (const list of shapes.values()) list.sort((a, b) => a.names.length - b.names.length);
  return (method: string, path: string): Found<T> | undefined => {
    for (const { item, pattern, names } of shapes.get(`${method === 'HEAD' ? 'get' : method.toLowerCase()} ${root(path)}`) ?? []) {
      const match = pattern.exec(path);
      if (match) return { item, params: Object.fromEntries(names.map((name, n) => [name, decodeURIComponent(match[n + 1] ?? '')])) };
    }
    return undefined;
  };
}

const root = (path: string): string => path.split('/', 2)[1] ?? '';

function patternOf(path: string): { pattern: RegExp; names: string[] } {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return { names, pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '([^/]+)')}/?$`) };
}

/** The path of an address, without its query. */
export const pathOf = (url: string): string => {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
};
