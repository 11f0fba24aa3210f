import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const docs = 'infra/docs';

/** What readers are told to type stands in these: README, whose portal goes on running, then each page of infra/docs; text by path. */
export function pagesIn(root: string): Map<string, string> {
  const pages = readdirSync(join(root, docs)).sort();
  return new Map(['README.md', ...pages.map((page) => `${docs}/${page}`)].map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}
