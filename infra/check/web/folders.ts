import { dirname, join } from 'node:path/posix';
import { parseSync } from '@swc/core';

/** Folders of the web UI, the lowest first: a file imports from its own and from those before it. What lies beside them stands above all. */
const order = ['mermaid', 'api', 'ui', 'app', 'staffing', 'features', 'shell'];

/**
 * What breaks the order of folders in the web UI. `sources` holds each file's text by its path below `src`. Features import each other
 * by their `index.ts` alone, and none of them itself by way of others. Types count, tests do not.
 */
export function faultsOf(sources: ReadonlyMap<string, string>): string[] {
  const arrows = [...sources]
    .filter(([path]) => !isTest(path))
    .flatMap(([from, text]) =>
      importsOf(from, text)
        .filter((wanted) => wanted.startsWith('.'))
        .map((wanted) => ({ from, to: join(dirname(from), wanted) })),
    );
  const folders = new Set([...sources.keys()].filter((path) => !isTest(path)).map(dirname));
  return [
    ...[...folders].filter((folder) => !hasPlace(folder)).map((folder) => `${folder}: no place in the order of folders`),
    ...arrows.flatMap(faultOf),
    ...circlesIn(arrows),
  ];
}

const isTest = (path: string) => /\.test\.|^testing\//.test(path);
const hasPlace = (folder: string) =>
  folder === '.' || /^features\/[^/]+$/.test(folder) || (folder !== 'features' && order.includes(folder));
const heightOf = (path: string) => (path.includes('/') ? order.indexOf(path.slice(0, path.indexOf('/'))) : order.length);
const featureOf = (path: string): string | undefined => /^features\/([^/]+)\//.exec(path)?.[1];

interface Arrow {
  from: string;
  to: string;
}

function faultOf({ from, to }: Arrow): string[] {
  if (isTest(to)) return [`${from} imports ${to}, which is for tests`];
  if (heightOf(to) > heightOf(from)) return [`${from} imports ${to}, which stands above it`];
  const [mine, other] = [featureOf(from), featureOf(to)];
  const inside = mine !== undefined && other !== undefined && mine !== other && !to.endsWith(`/${other}/index.ts`);
  return inside ? [`${from} imports ${to}: of other features only index.ts`] : [];
}

/** Features that come back to themselves, each with its way. */
function circlesIn(arrows: readonly Arrow[]): string[] {
  const needs = new Map<string, Set<string>>();
  for (const { from, to } of arrows) {
    const [mine, other] = [featureOf(from), featureOf(to)];
    if (mine !== undefined && other !== undefined && mine !== other) needs.set(mine, (needs.get(mine) ?? new Set()).add(other));
  }
  const wayBack = (to: string, way: string[]): string[] | undefined => {
    for (const next of needs.get(way.at(-1) ?? to) ?? []) {
      if (next === to) return [...way, next];
      const found = way.includes(next) ? undefined : wayBack(to, [...way, next]);
      if (found) return found;
    }
    return undefined;
  };
  return [...needs.keys()].flatMap((feature) => {
    const way = wayBack(feature, [feature]);
    return way ? [`features in a circle: ${way.join(' -> ')}`] : [];
  });
}

/** Everything that a file imports or hands on, types and `import()` included. Throws where the file does not parse. */
function importsOf(path: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const wanted = wantedBy(node as Node);
    if (wanted !== undefined) found.push(wanted);
    Object.values(node).forEach(visit);
  };
  visit(parseSync(text, { syntax: 'typescript', tsx: path.endsWith('x'), target: 'es2022' }).body);
  return found;
}

interface Node {
  type?: string;
  source?: { value: string } | null;
  callee?: { type: string };
  arguments?: { expression: { value?: unknown } }[];
  argument?: { value?: unknown };
}

function wantedBy({ type, source, callee, arguments: given, argument }: Node): string | undefined {
  if (type === 'ImportDeclaration' || type === 'ExportNamedDeclaration' || type === 'ExportAllDeclaration') return source?.value;
  const wanted = type === 'TsImportType' ? argument?.value : callee?.type === 'Import' ? given?.[0]?.expression.value : undefined;
  return typeof wanted === 'string' ? wanted : undefined;
}
