import { posix } from 'node:path';
import { type Page, pageOf } from './page.ts';

export interface Docs {
  /** Markdown for people by path: README, CONTRIBUTING, infra/docs, decisions. */
  pages: ReadonlyMap<string, string>;
  /** Other files that may name a page of infra/docs, by path. */
  sources: ReadonlyMap<string, string>;
  /** Whether there is a file or a folder at a path from the root. */
  exists(path: string): boolean;
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
  'a page that a source names is there, with that heading': (docs) => {
    const pages = parsed(docs);
    return [...docs.sources].flatMap(([source, text]) =>
      [...text.matchAll(/infra\/docs\/[\w./-]+\.md(?:#[\w-]+)?/g)].flatMap(([named]) => missing(targetOf('', named), pages, docs, source)),
    );
  },
};

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
