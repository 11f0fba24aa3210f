import type { Route } from './routes.ts';

export interface RouteTable<T> {
  /** What answers a method and a path; undefined when nothing does. Throws URIError for a parameter that does not decode. */
  find(method: string, path: string): Found<T> | undefined;
  /** The methods of whatever answers a path, as HTTP writes them. */
  methods(path: string): string[];
}

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

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const satisfies Route['method'][];

/** Finds routes by paths such as `/pages/01J…`. A literal path wins over one with a parameter; a slash at the end means nothing. */
export function routeTableOf<T>(items: readonly T[], routeOf: (item: T) => Pick<Route, 'method' | 'path'>): RouteTable<T> {
  const shapes = new Map<string, Shape<T>[]>();
  const literal = new Map<string, Found<T>>();
  for (const item of items) {
    const { method, path } = routeOf(item);
    if (!path.includes('{')) literal.set(`${method} ${path}`, literal.get(`${method} ${path}`) ?? { item, params: {} });
    const key = `${method} ${root(path)}`;
    shapes.set(key, [...(shapes.get(key) ?? []), { item, ...patternOf(path) }]);
  }
  for (const list of shapes.values()) list.sort((a, b) => a.names.length - b.names.length);
  const shapesOf = (method: string, path: string) => shapes.get(`${method} ${root(path)}`) ?? [];
  return {
    find(given, path) {
      const method = given === 'GET' || given === 'HEAD' ? 'get' : given.toLowerCase();
      const exact = literal.get(`${method} ${path}`);
      if (exact) return exact;
      for (const { item, pattern, names } of shapesOf(method, path)) {
        const match = pattern.exec(path);
        if (match) return { item, params: Object.fromEntries(names.map((name, n) => [name, decodeURIComponent(match[n + 1] ?? '')])) };
      }
      return undefined;
    },
    methods(path) {
      const taken = methods.filter((method) => shapesOf(method, path).some(({ pattern }) => pattern.test(path)));
      return taken.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
    },
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
