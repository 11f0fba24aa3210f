import { type Route, routeTableOf } from '@sidekick/service-kit';

/** A route and the part that answers it. */
export interface Operation {
  part: string;
  route: Route;
}

export interface Declared {
  /** The operation that answers a method and a path below `/api/v1`; undefined for whatever no part declares. */
  find(method: string, path: string): Operation | undefined;
  /** The methods of the operations of a path. */
  methods(path: string): string[];
}

/** Only declared operations are reachable from outside. */
export function declaredIn(operations: readonly Operation[]): Declared {
  const { find, methods } = routeTableOf(operations, ({ route }) => route);
  return { find: (method, path) => find(method, path)?.item, methods };
}

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
