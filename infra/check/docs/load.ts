import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pagesIn } from '../../readme/pages.ts';
import type { Docs } from './rules.ts';

const code = /\.(?:tsx?|mjs|css|sh|ya?ml)$/;
const notOurs = /(?:^|\/)(?:node_modules|dist)\//;

/** What the rules are about, as it stands in a folder of the project. */
export function docsIn(root: string): Docs {
  const read = (path: string): [string, string] => [path, readFileSync(join(root, path), 'utf8')];
  const below = (folder: string, ending: RegExp): string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path}`)
      .filter((path) => ending.test(path) && !notOurs.test(path));
  const sources = ['packages', 'services', 'infra', 'k8s'].flatMap((folder) => below(folder, code));
  const named = new Set(sources.flatMap(endsOf));
  return {
    pages: new Map([...pagesIn(root), ...['CONTRIBUTING.md', ...below('infra/adr', /\.md$/)].map(read)]),
    sources: new Map(['docker-compose.yml', ...sources].filter((path) => !/\.test\./.test(path)).map(read)),
    exists: (path) => existsSync(join(root, path)),
    isNamed: (end) => named.has(end),
  };
}

/** Of `check/docs/rules.ts` itself, `docs/rules.ts` and `rules.ts`. */
const endsOf = (path: string): string[] => path.split('/').map((_, at, words) => words.slice(at).join('/'));
