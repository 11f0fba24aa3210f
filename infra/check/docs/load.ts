import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pagesIn } from '../../readme/pages.ts';
import type { Docs } from './rules.ts';

/** What the rules are about, as it stands in a folder of the project. */
export function docsIn(root: string): Docs {
  const read = (path: string): [string, string] => [path, readFileSync(join(root, path), 'utf8')];
  const below = (folder: string, ending: RegExp): string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path}`)
      .filter((path) => ending.test(path));
  return {
    pages: new Map([...pagesIn(root), ...['CONTRIBUTING.md', ...below('infra/adr', /\.md$/)].map(read)]),
    sources: new Map(['infra', 'k8s'].flatMap((folder) => below(folder, /(?<!\.test)\.(?:ts|mjs|sh|ya?ml)$/)).map(read)),
    exists: (path) => existsSync(join(root, path)),
  };
}
