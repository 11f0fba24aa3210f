import type { LiquidSite } from '../../rendering/liquid.ts';
import { trimSlashes } from '../../text/paths.ts';
import { excludes } from '../parsing/excludes.ts';
import { parseDataFile } from '../parsing/front-matter.ts';
import type { Collection } from './collections.ts';
import { isYes } from './publication.ts';

/** What `_config.yml` of a Jekyll site says, as far as pages depend on it. */
export interface SourceConfig extends LiquidSite {
  /** Whether there is one: pages with front matter then hold Liquid. */
  jekyll: boolean;
  /** `/docs` without a slash at the end; empty for none. */
  baseurl: string;
  /** Global permalink style or template; null for Jekyll's own. */
  permalink: string | null;
  collections: Collection[];
  /** Whether posts are shown before their day. */
  future: boolean;
  /** Paths that are taken although their name says otherwise. */
  included: (path: string) => boolean;
  /** Throws InvalidInput when its patterns cost more than any site needs. */
  leftOut: (path: string) => boolean;
  /** Front matter that a path has by default. */
  defaultsFor: (path: string) => Map<string, unknown>;
}

/** Of each list; what is beyond is not looked at. */
const most = 500;
const longestBase = 300;

/** Null for a source that is no Jekyll site. Throws BadFile for a `_config.yml` that is no YAML. */
export async function readConfig(yaml: string | null): Promise<SourceConfig> {
  const values = yaml === null ? new Map<string, unknown>() : (await parseDataFile(yaml, 'yaml')).values;
  const repository = textOf(values.get('repository'));
  const included = new Set(listOf(values.get('include')).map(trimSlashes));
  const excluded = excludes(listOf(values.get('exclude')));
  const base = trimSlashes(textOf(values.get('baseurl')) ?? '');
  return {
    jekyll: yaml !== null,
    title: textOf(values.get('title')),
    repository: repository ? `https://github.com/${repository}` : null,
    baseurl: base === '' || base.length > longestBase ? '' : `/${base}`,
    permalink: textOf(values.get('permalink')),
    collections: yaml === null ? [] : collectionsOf(values.get('collections'), textOf(values.get('collections_dir'))),
    future: isYes(textOf(values.get('future'))),
    included: (path) => included.size > 0 && (included.has(path) || included.has(path.slice(path.lastIndexOf('/') + 1))),
    leftOut: (path) => !included.has(path) && excluded(path),
    defaultsFor: defaults(values.get('defaults')),
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : typeof value === 'string' && value ? [value] : [];

/** Posts and drafts are collections of every site; a site may set another template for them. */
function collectionsOf(value: unknown, dir: string | null): Collection[] {
  const set = new Map<string, unknown>(value instanceof Map ? [...value].map(([name, about]) => [String(name), about]) : []);
  for (const name of [...(value instanceof Map ? [] : listOf(value)), 'posts', 'drafts']) if (!set.has(name)) set.set(name, null);
  const above = dir === null ? '' : `${trimSlashes(dir)}/`;
  return [...set].slice(0, most).map(([name, about]) => ({
    folder: `${above}_${name}`,
    name,
    permalink: about instanceof Map ? textOf(about.get('permalink')) : null,
  }));
}

function defaults(value: unknown): (path: string) => Map<string, unknown> {
  const rules = (Array.isArray(value) ? value.slice(0, most) : []).flatMap((rule) => {
    const scope = rule instanceof Map ? rule.get('scope') : undefined;
    const values = rule instanceof Map ? rule.get('values') : undefined;
    if (!(values instanceof Map)) return [];
    const path = scope instanceof Map ? (textOf(scope.get('path')) ?? '') : '';
    const type = scope instanceof Map ? textOf(scope.get('type')) : null;
    return [{ path: trimSlashes(path), type, values: values as Map<string, unknown> }];
  });
  rules.sort((a, b) => a.path.length - b.path.length);
  return (path) => {
    const found = rules.filter(
      (rule) => (rule.path === '' || path === rule.path || path.startsWith(`${rule.path}/`)) && isOfType(path, rule.type),
    );
    return new Map(found.flatMap(({ values }) => [...values]));
  };
}

/** `pages` are what stands in no collection; any other type is the name of one. */
const isOfType = (path: string, type: string | null): boolean =>
  type === null || (type === 'pages' ? !/(?:^|\/)_/.test(path) : path.startsWith(`_${type}/`) || path.includes(`/_${type}/`));
