import { trimSlashes } from '../../text/paths.ts';
import { excludes } from '../parsing/excludes.ts';
import type { FrontMatter } from '../parsing/front-matter.ts';
import type { NavItem } from './nav-item.ts';
import { mkdocsNav } from './yaml-nav.ts';

/** What `mkdocs.yml` says, as far as pages depend on it. */
export interface MkDocs {
  /** Folder of its pages. */
  docsDir: string;
  nav: NavItem[];
  /** Of `exclude_docs` and `draft_docs`: paths in the source. */
  excluded: (path: string) => boolean;
  drafts: (path: string) => boolean;
}

export function mkdocsOf({ values }: FrontMatter): MkDocs {
  const dir = values.get('docs_dir');
  const docsDir = trimSlashes(typeof dir === 'string' && dir !== '' ? dir.replace(/^\.\//, '') : 'docs');
  const below = (matches: (path: string) => boolean) => (path: string) =>
    path.startsWith(`${docsDir}/`) && matches(path.slice(docsDir.length + 1));
  return {
    docsDir,
    nav: mkdocsNav(values.get('nav'), docsDir),
    excluded: below(patternsOf(values.get('exclude_docs'))),
    drafts: below(patternsOf(values.get('draft_docs'))),
  };
}

/** Lines as in `.gitignore`, those with `!` aside. */
function patternsOf(value: unknown): (path: string) => boolean {
  const lines = typeof value === 'string' ? value.split('\n').map((line) => line.trim()) : [];
  const wanted = lines.filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('!'));
  const anywhere = excludes(
    wanted.flatMap((line) => (line.includes('/') && !/^[^/]+\/$/.test(line) ? [line] : [line, `**/${trimSlashes(line)}`])),
  );
  return wanted.length === 0 ? () => false : (path) => anywhere(path) || parentsOf(path).some(anywhere);
}

const parentsOf = (path: string): string[] =>
  path
    .split('/')
    .map((_, at, parts) => parts.slice(0, at).join('/'))
    .filter(Boolean);
