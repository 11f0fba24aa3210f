import { posix } from 'node:path';
import { type Page, pageOf } from './page.ts';

export interface Docs {
  /** Markdown for people by path: README, CONTRIBUTING, infra/docs, decisions. */
  pages: ReadonlyMap<string, string>;
  /** Other files, whose comments may name files, by path. */
  sources: ReadonlyMap<string, string>;
  /** Whether there is a file or a folder at a path from the root. */
  exists(path: string): boolean;
  /** Whether the path of a source file ends with these words, as `rules.ts` or `docs/rules.ts`. */
  isNamed(end: string): boolean;
}

const start = 'README.md';
const isDoc = (path: string): boolean => path.startsWith('infra/docs/');
const lines = (text: string): number => text.trimEnd().split('\n').length;
const tooLong = (docs: Docs, chosen: (path: string) => boolean, most: number): string[] =>
  [...docs.pages].flatMap(([path, text]) => (chosen(path) && lines(text) > most ? [`${path} has ${lines(text)} lines`] : []));

/** One line for each fault, by the rule that it breaks. */
export const docsRules: Record<string, (docs: Docs) => string[]> = {
  'README has at most 150 lines': (docs) => tooLong(docs, (path) => path === start, 150),
  'a page of infra/docs has at most 200 lines': (docs) => tooLong(docs, isDoc, 200),
  'a link leads to a file, folder or heading that is there': (docs) => {
    const pages = parsed(docs);
    return [...pages].flatMap(([path, { links }]) =>
      links.filter(({ href }) => !outside(href)).flatMap(({ line, href }) => missing(targetOf(path, href), pages, docs, `${path}:${line}`)),
    );
  },
  'every page of infra/docs is reached from README': (docs) => {
    const pages = parsed(docs);
    const reached = new Set([start]);
    // A set that grows is gone over to its new end.
    for (const path of reached)
      for (const { href } of pages.get(path)?.links ?? []) if (!outside(href)) reached.add(targetOf(path, href).path);
    return [...pages.keys()].filter((path) => isDoc(path) && !reached.has(path));
  },
  'no HTML, whose links nobody looks at': (docs) => [...parsed(docs)].flatMap(([path, { html }]) => html.map((line) => `${path}:${line}`)),
  'a file or folder that a page or a comment names is there': (docs) =>
    [...docs.pages, ...docs.sources].flatMap(([path, text]) =>
      text.split('\n').flatMap((line, at) => goneIn(docs, wordsOf(path, line)).map((name) => `${path}:${at + 1}: there is no ${name}`)),
    ),
  'a page that a source names is there, with that heading': (docs) => {
    const pages = parsed(docs);
    return [...docs.sources].flatMap(([source, text]) =>
      [...text.matchAll(/infra\/docs\/[\w./-]+\.md(?:#[\w-]+)?/g)].flatMap(([named]) => missing(targetOf('', named), pages, docs, source)),
    );
  },
};

/** Spans of code in a page, comments of a source: where names of files stand that nothing else follows when they move. */
const wordsOf = (path: string, line: string): string => {
  const pattern = path.endsWith('.md') ? /`[^`]+`/g : /^\s*(?:\/\/|\/?\*|#).*|\s\/\/ .*|\/\*\*.*?\*\//g;
  return (line.match(pattern) ?? []).join('\n');
};
const fromRoot = /(?<![\w@./-])(?:packages|services|infra|k8s)\/[\w./@-]*\w(?![\w*{}]|[./@-]+[\w*{])/g;
const sourceFile = /(?<![\w@./*-])[\w@-][\w@./-]*\.(?:tsx?|mjs|css|sh)\b/g;

/** Paths from the root, names of source files and chapters of documents in a line that lead nowhere. */
function goneIn({ exists, isNamed }: Docs, words: string): string[] {
  const paths: readonly string[] = words.match(fromRoot) ?? [];
  const files = (words.match(sourceFile) ?? []).filter((name) => !paths.includes(name));
  const documents = (words.match(/\b[A-Z]{4,}(?= §)/g) ?? []).filter((name) => !exists(`${name}.md`));
  return [...documents, ...paths.filter((path) => !exists(path)), ...files.filter((name) => !isNamed(name))];
}

const parsed = ({ pages }: Docs): Map<string, Page> => new Map([...pages].map(([path, text]) => [path, pageOf(text)]));

const outside = (href: string): boolean => /^[a-z][a-z\d+.-]*:|^\/\//i.test(href);

interface Target {
  /** From the root. */
  path: string;
  heading: string | null;
}

function targetOf(from: string, href: string): Target {
  const [file = '', heading = null] = decodeURI(href).split('#');
  if (file === '') return { path: from, heading };
  const folder = file.startsWith('/') ? '' : posix.dirname(from);
  return { path: posix.join(folder, file).replaceAll(/^\/|\/$/g, ''), heading };
}

function missing({ path, heading }: Target, pages: ReadonlyMap<string, Page>, docs: Docs, where: string): string[] {
  if (path.startsWith('..') || !docs.exists(path)) return [`${where}: there is no ${path}`];
  return heading === null || pages.get(path)?.anchors.has(heading) ? [] : [`${where}: ${path} has no heading #${heading}`];
}
