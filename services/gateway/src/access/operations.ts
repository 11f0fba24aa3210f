import type { Route } from '@sidekick/service-kit';

/** A route and the part that answers it. */
export interface Operation {
  part: string;
  route: Route;
}

/** The operation that answers a method and a path below `/api/v1`; undefined for whatever no part declares. */
export type FindOperation = (method: string, path: string) => Operation | undefined;

interface Shape {
  operation: Operation;
  pattern: RegExp;
}

/** Only declared operations are reachable from outside; a literal path wins over one with a parameter. */
export function findIn(operations: readonly Operation[]): FindOperation {
  const shapes = new Map<string, Shape[]>();
  for (const operation of operations) {
    const { method, path } = operation.route;
    const key = `${method} ${root(path)}`;
    const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`);
    shapes.set(key, [...(shapes.get(key) ?? []), { operation, pattern }]);
  }
  for (const list of shapes.values()) list.sort((a, b) => parameters(a) - parameters(b));
  return (method, path) => {
    const list = shapes.get(`${method === 'HEAD' ? 'get' : method.toLowerCase()} ${root(path)}`);
    return list?.find(({ pattern }) => pattern.test(path))?.operation;
  };
}

const root = (path: string): string => path.split('/', 2)[1] ?? '';
const parameters = ({ operation }: Shape): number => operation.route.path.split('{').length;

/** All routes of several parts. Throws when two declare the same operation or the same method and path. */
export function operationsOf(parts: Readonly<Record<string, { routes: readonly Route[] }>>): Operation[] {
  const operations = Object.entries(parts).flatMap(([part, { routes }]) => routes.map((route) => ({ part, route })));
  const seen = new Set<string>();
  for (const { route } of operations) {
    for (const name of [route.operation, `${route.method} ${route.path.replaceAll(/\{\w+\}/g, '{}')}`]) {
      if (seen.has(name)) throw new Error(`declared twice: ${name}`);
      seen.add(name);
    }
  }
  return operations;
}
