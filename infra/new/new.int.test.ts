import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { projectRoot } from '@sidekick/testing';
import { type Feature, featureOf, filesOf, Refused } from './feature.ts';
import { atEndOf, besideLast } from './insert.ts';
import { write } from './write.ts';

let copy: string;
let features: Feature[];
beforeAll(() => {
  copy = copyOfSources();
  features = ['content/reading-lists', 'staffing/rota', 'gateway/notices', 'search/synonyms'].map(featureOf);
  for (const feature of features) write(copy, filesOf(copy, feature));
});
afterAll(() => rmSync(copy, { recursive: true }));

/** What the generator reads and what its tests need: packages of others from this checkout, our own from the copy. */
function copyOfSources(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sidekick-new-'));
  const left = /\/(node_modules|dist|services\/(web|portal))$/;
  const from = ['packages', 'services', 'infra/check', 'infra/jest', 'infra/ts', '.gitignore', 'package.json'];
  for (const name of from) cpSync(join(projectRoot, name), join(folder, name), { recursive: true, filter: (path) => !left.test(path) });
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  cpSync(join(projectRoot, 'node_modules/@sidekick'), join(modules, '@sidekick'), { recursive: true, verbatimSymlinks: true });
  const linked = ['node_modules', ...ownModules()];
  for (const at of linked)
    for (const name of readdirSync(join(projectRoot, at))) {
      if (name === '@sidekick' || name.startsWith('.')) continue;
      mkdirSync(join(folder, at), { recursive: true });
      symlinkSync(join(projectRoot, at, name), join(folder, at, name));
    }
  return folder;
}

/** Folders of packages that a workspace has in a version of its own. */
const ownModules = () =>
  ['packages', 'services'].flatMap((kind) =>
    readdirSync(join(projectRoot, kind))
      .filter((name) => readdirSync(join(projectRoot, kind, name)).includes('node_modules'))
      .map((name) => `${kind}/${name}/node_modules`),
  );

const folderOf = ({ service, file }: Feature) => `services/${service}/src/${file}`;
const textOf = (path: string) => readFileSync(join(copy, path), 'utf8');
function node(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  return { status, out: stdout, errors: stderr };
}

describe('a new feature of each service', () => {
  test('answers what its tests expect', () => {
    const ts = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', '--import', './infra/ts/register.mjs'];
    const options = ['--config', 'infra/jest/jest.config.mjs', '--selectProjects', 'unit', 'int', '--runInBand', '--silent'];
    const { status, errors } = node(
      ...ts,
      'node_modules/jest/bin/jest.js',
      ...options,
      ...features.map((feature) => `${folderOf(feature)}/`),
    );
    expect(errors).toMatch(/^Tests: +24 passed, 24 total$/m);
    expect(status).toBe(0);
  });

  // Of one service, since the other templates are the same: it costs as much processor time as all their tests.
  test('has no error of types', () => {
    const typed = features.filter(({ service }) => service === 'search');
    const files = typed.flatMap((feature) => ['unit', 'int'].map((kind) => `../../${folderOf(feature)}/${feature.file}.${kind}.test.ts`));
    const config = { extends: './tsconfig.node.json', compilerOptions: { incremental: false }, include: [], files };
    writeFileSync(join(copy, 'infra/ts/new.json'), JSON.stringify(config));
    const tsc = node('node_modules/typescript/bin/tsc', '-p', 'infra/ts/new.json', '--singleThreaded');
    expect(tsc).toEqual({ status: 0, out: '', errors: '' });
  });

  test('has its place in the order of folders, and its path an owner', () => {
    const named = (path: string) => features.map(({ file }) => file).filter((file) => textOf(path).includes(`'${file}'`));
    const ordered = features.filter(({ service }) => textOf('infra/check/folders.mjs').includes(`layers('${service}', `));
    expect(ordered.length).toBeGreaterThan(2);
    expect(named('infra/check/folders.mjs')).toEqual(ordered.map(({ file }) => file));
    expect(named('packages/contracts/src/roots.ts')).toEqual(['reading-lists', 'rota']);
  });
});

describe('what cannot be made is refused, and nothing is written', () => {
  test.each([
    ['staffing', 'is not service/feature'],
    ['staffing/a/b', 'is not service/feature'],
    ['portal/rota', 'There is no service "portal" that takes features: content, staffing, gateway, search'],
    ['web/rota', 'made by hand'],
    ['staffing/Rota', 'is no name of a folder'],
    ['staffing/../rota', 'is not service/feature'],
    ['staffing/..', 'is no name of a folder'],
    [`staffing/${'a'.repeat(31)}`, 'at most 30 letters'],
    ['staffing/people', 'services/staffing/src/people is there already'],
    ['content/people', 'belongs to staffing'],
    ['gateway/me', 'me.routes.ts has /me or readMe already'],
    ['search/search', 'has SearchQuery or -Answer already'],
  ])('%s: %s', (wanted, why) => {
    const make = () => filesOf(projectRoot, featureOf(wanted));
    expect(make).toThrow(Refused);
    expect(make).toThrow(why);
  });

  test('as it was before where a file cannot be written as it should', () => {
    const roots = 'packages/contracts/src/roots.ts';
    const before = textOf(roots);
    const files = new Map([
      [roots, 'export {};\n'],
      ['services/search/src/half/way/made.ts', 'export const = ;\n'],
    ]);
    expect(() => write(copy, files)).toThrow('Biome refused');
    expect(textOf(roots)).toBe(before);
    expect(readdirSync(join(copy, 'services/search/src'))).not.toContain('half');
  });
});

test('a place to insert at is found by its brackets, or nothing is inserted', () => {
  expect(besideLast('f([\n  ...aRoutes(x),\n  ...bRoutes({ y: [1] }),\n]);', /\.\.\.\w+Routes\(/g, '...cRoutes()')).toBe(
    'f([\n  ...aRoutes(x),\n  ...bRoutes({ y: [1] }), ...cRoutes(),\n]);',
  );
  expect(atEndOf("a: ['x'],\nb: [\n  ...['y'],\n  'z',\n],", 'b: [', "'new'")).toBe("a: ['x'],\nb: [\n  ...['y'],\n  'z', 'new'],");
  expect(() => besideLast('[]', /\.\.\.\w+Routes\(/g, 'x')).toThrow('to stand beside');
  expect(() => atEndOf('a: []', 'b: [', 'x')).toThrow('No list begins');
});
