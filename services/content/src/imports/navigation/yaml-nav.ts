import { tidyName } from '@sidekick/contracts';
import { joinPath, normalise } from '../../text/paths.ts';
import { deepest, type NavItem } from './nav-item.ts';

const isAddress = (text: string): boolean => /^[a-z][a-z0-9+.-]*:|^\/\//i.test(text);

/** `nav` of `mkdocs.yml` and of awesome-pages' `.pages`: paths, or titles with a path or a list. */
export function mkdocsNav(value: unknown, base: string, depth = 0): NavItem[] {
  if (!Array.isArray(value) || depth > deepest) return [];
  return value.flatMap((one): NavItem[] => {
    if (typeof one === 'string') return one === '...' ? [] : [{ title: null, path: pathIn(base, one), items: [] }];
    if (!(one instanceof Map)) return [];
    return [...one].map(([title, to]) => ({
      title: tidyName(String(title)),
      path: typeof to === 'string' ? pathIn(base, to) : null,
      items: mkdocsNav(to, base, depth + 1),
    }));
  });
}

/** `toc.yml` of DocFX: `name`, `href`, `items`. */
export function docfxNav(value: unknown, base: string, depth = 0): NavItem[] {
  const list = value instanceof Map ? value.get('items') : value;
  if (!Array.isArray(list) || depth > deepest) return [];
  return list.flatMap((one): NavItem[] => {
    if (!(one instanceof Map)) return [];
    const href = [one.get('href'), one.get('topicHref')].find((each) => typeof each === 'string');
    return [{ title: null, path: href === undefined ? null : pathIn(base, href), items: docfxNav(one.get('items'), base, depth + 1) }];
  });
}

/** `.order` of an Azure DevOps wiki: a name a line. */
export const orderNav = (text: string, base: string): NavItem[] =>
  text.split('\n').flatMap((line) => (line.trim() ? [{ title: null, path: pathIn(base, line.trim()), items: [] }] : []));

export function pathIn(base: string, href: string): string | null {
  if (isAddress(href)) return null;
  const hash = href.search(/[?#]/);
  return normalise(joinPath(base, hash < 0 ? href : href.slice(0, hash)))?.normalize('NFC') ?? null;
}
