import { openapiOf, type Route } from '@sidekick/service-kit';
import { declaredIn, type Operation, operationsOf } from '../access/operations.ts';
import type { Forward } from './forward.ts';

/** How the gateway knows a part: by its routes, within one process, or by the first words of its paths. */
export type PartKnowledge = { routes: readonly Route[] } | { roots: readonly string[] };
export type Parts = Readonly<Record<string, PartKnowledge>>;

/** The part that answers a path, with the route where the gateway knows it. */
export interface Addressee {
  part: string;
  route?: Route;
}

export interface Directory {
  /** Every operation whose route is known here. */
  operations: readonly Operation[];
  /** The part that answers a method and a path below `/api/v1`; undefined for whatever belongs to none. */
  find(method: string, path: string): Addressee | undefined;
  /** The methods of a path, of operations whose route is known here. */
  methods(path: string): string[];
  /** OpenAPI of every part. Throws Unavailable while a part that runs apart does not answer. */
  document(requestId: string): Promise<object>;
}

export interface DirectoryOptions {
  own: readonly Route[];
  parts: Parts;
  forward: Forward;
  version: string;
}

/** Parts of another process are asked for their document again after so long, in milliseconds: they may be of a newer release. */
const keepDocument = 60_000;

export function directoryOf({ own, parts, forward, version }: DirectoryOptions): Directory {
  const here = Object.entries(parts).flatMap(([name, part]) => ('routes' in part ? [[name, part] as const] : []));
  const operations = operationsOf({ gateway: { routes: own }, ...Object.fromEntries(here) });
  const known = declaredIn(operations);
  const roots = new Map(
    Object.entries(parts).flatMap(([name, part]) => ('roots' in part ? part.roots.map((root) => [root, name] as const) : [])),
  );
  const apart = [...new Set(roots.values())];
  let kept: { document: Promise<object>; until: number } | undefined;

  const make = async (requestId: string): Promise<object> => {
    const mine = openapiOf(
      operations.map(({ route }) => route),
      { title: 'Sidekick', version, server: '/api/v1' },
    ) as Document;
    const others = await Promise.all(apart.map((part) => forward.ask(part, { path: '/operations.json', signed: null, requestId })));
    return others.map(({ body }) => JSON.parse(body) as Document).reduce(joined, mine);
  };
  return {
    operations,
    find(method, path) {
      const operation = known.find(method, path);
      if (operation) return operation;
      const part = roots.get(path.split('/', 2)[1] ?? '');
      return part === undefined ? undefined : { part };
    },
    methods: known.methods,
    document(requestId) {
      if (kept && (apart.length === 0 || Date.now() < kept.until)) return kept.document;
      const document = make(requestId);
      kept = { document, until: Date.now() + keepDocument };
      document.catch(() => {
        kept = undefined;
      });
      return document;
    },
  };
}

type Document = { paths: object; components: { schemas: object } };

const joined = (left: Document, right: Document): Document => ({
  ...left,
  paths: { ...left.paths, ...right.paths },
  components: { ...left.components, schemas: { ...right.components.schemas, ...left.components.schemas } },
});
