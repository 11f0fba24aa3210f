import type { LiquidSite } from '../rendering/liquid.ts';
import { type FrontMatter, parseFrontMatter } from './front-matter.ts';
import { globOf } from './glob.ts';

/** What `_config.yml` of a Jekyll site says, as far as pages depend on it. */
export interface SourceConfig extends LiquidSite {
  /** Whether there is one: pages with front matter then hold Liquid. */
  jekyll: boolean;
  mkdocs: boolean;
  /** `/docs` without a slash at the end; empty for none. */
  baseurl: string;
  /** Global permalink style; `pretty` gives every page a folder of its own. */
  permalink: string | null;
  /** Names of folders that begin with `_` and hold pages nevertheless. */
  collections: string[];
  leftOut: (path: string) => boolean;
  /** Front matter that a path has by default. */
  defaultsFor: (path: string) => Map<string, unknown>;
}

/** Throws BadFile for a `_config.yml` that is no YAML. */
export function readConfig(yaml: string | null, mkdocs: boolean): SourceConfig {
  const { values } = yaml === null ? { values: new Map() } : (parseFrontMatter(yaml) as FrontMatter);
  const repository = textOf(values.get('repository'));
  const collections = values.get('collections');
  const included = new Set(listOf(values.get('include')));
  const excluded = excludes(listOf(values.get('exclude')));
  const names = collections instanceof Map ? [...collections.keys()].map(String) : listOf(collections);
  const folder = textOf(values.get('collections_dir'));
  return {
    jekyll: yaml !== null,
    mkdocs,
    title: textOf(values.get('title')),
    repository: repository ? `https://github.com/${repository}` : null,
    baseurl: (textOf(values.get('baseurl')) ?? '').replace(/\/+$/, ''),
    permalink: textOf(values.get('permalink')),
    collections: names.map((name) => `${folder ? `${folder.replace(/^\/|\/$/g, '')}/` : ''}_${name}`),
    leftOut: (path) => !included.has(path) && excluded(path),
    defaultsFor: defaults(values.get('defaults')),
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : typeof value === 'string' && value ? [value] : []);

/** A name, a folder, or a pattern; patterns without a slash match names at any depth. */
function excludes(patterns: string[]): (path: string) => boolean {
  const tests = patterns.map((given) => {
    const pattern = given.replace(/^\.?\//, '').replace(/\/$/, '');
    const matches = globOf(pattern);
    const byName = /[*?[]/.test(pattern) && !pattern.includes('/');
    return (path: string) =>
      path === pattern || path.startsWith(`${pattern}/`) || matches(path) || (byName && matches(path.slice(path.lastIndexOf('/') + 1)));
  });
  return (path) => tests.some((test) => test(path));
}

function defaults(value: unknown): (path: string) => Map<string, unknown> {
  const rules = (Array.isArray(value) ? value : []).flatMap((rule) => {
    const scope = rule instanceof Map ? rule.get('scope') : undefined;
    const values = rule instanceof Map ? rule.get('values') : undefined;
    if (!(values instanceof Map)) return [];
    const path = scope instanceof Map ? (textOf(scope.get('path')) ?? '') : '';
    return [{ path: path.replace(/^\/|\/$/g, ''), values: values as Map<string, unknown> }];
  });
  rules.sort((a, b) => a.path.length - b.path.length);
  return (path) => {
    const found = rules.filter((rule) => rule.path === '' || path === rule.path || path.startsWith(`${rule.path}/`));
    return new Map(found.flatMap(({ values }) => [...values]));
  };
}
