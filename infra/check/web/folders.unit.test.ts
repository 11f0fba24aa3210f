import { expect, test } from '@jest/globals';
import { faultsOf } from './folders.ts';

const faults = (files: Record<string, string>) => faultsOf(new Map(Object.entries(files)));

test('arrows that go down, and features by their index, are as they should be', () => {
  const fine = {
    'main.tsx': "import './features/home/home.css';\nimport { start } from './shell/start.tsx';\nawait start();",
    'shell/start.tsx': "export const start = async () => (await import('../features/home/home-screen.tsx')).Home;",
    'features/home/home-screen.tsx': "import { Row } from '../list/index.ts';\nexport const Home = () => <Row />;",
    'features/list/index.ts': "export { Row } from './row.tsx';",
    'features/list/row.tsx':
      "import { useQuery } from '@tanstack/react-query';\nimport { ask } from '../../api/ask.ts';\nexport const Row = () => <b>{ask(useQuery)}</b>;",
    'api/ask.ts': 'export const ask = String;',
    'api/ask.test.tsx': "import { Home } from '../features/home/home-screen.tsx';\nHome();",
  };
  expect(faults(fine)).toEqual([]);
});

test.each([
  ['a value', "import { Home } from '../features/home/home.tsx';"],
  ['what is loaded later', "const load = () => import('../features/home/home.tsx');"],
  ['a type', "import type { Home } from '../features/home/home.tsx';"],
  ['a type in place', "export type Home = import('../features/home/home.tsx').Home;"],
  ['a type that is handed on', "export type { Home } from '../features/home/home.tsx';"],
  ['everything that is handed on', "export * from '../features/home/home.tsx';"],
])('app must not import a feature: %s', (_, line) => {
  expect(faults({ 'app/session.tsx': `${line}\nexport const Mark = () => <i />;` })).toEqual([
    'app/session.tsx imports features/home/home.tsx, which stands above it',
  ]);
});

test('a feature looks into no other, nor into what tests are made of', () => {
  const line =
    "import type { Row } from '../list/row.tsx';\nimport { render } from '../../testing/render.tsx';\nexport type Two = [Row, typeof render];";
  expect(faults({ 'features/home/home.tsx': line })).toEqual([
    'features/home/home.tsx imports features/list/row.tsx: of other features only index.ts',
    'features/home/home.tsx imports testing/render.tsx, which is for tests',
  ]);
});

test('a circle of features is told with its way, also from outside it', () => {
  const needs = (other: string) => `export { it } from '../${other}/index.ts';`;
  expect(faults({ 'features/a/index.ts': needs('b'), 'features/b/index.ts': needs('c'), 'features/c/index.ts': needs('b') })).toEqual([
    'features in a circle: b -> c -> b',
    'features in a circle: c -> b -> c',
  ]);
});

test('a folder gets its place before it is used', () => {
  const files = { 'helpers/one.ts': 'export {};', 'features/home/parts/row.ts': 'export {};', 'features/loose.ts': 'export {};' };
  expect(faults(files)).toEqual(
    ['helpers', 'features/home/parts', 'features'].map((folder) => `${folder}: no place in the order of folders`),
  );
});
