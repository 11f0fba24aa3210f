import { partsOf } from '../../links/target-parts.ts';
import { folderOf, isFolderPage, isPageFile, nameOf, normalise, withoutExtension } from '../../text/paths.ts';
import { collectionOf } from './collections.ts';
import type { SourceConfig } from './config.ts';

/** What a file of a source is; `perhaps` becomes a page when a page links to it. */
export type Kind = { is: 'page' | 'perhaps' | 'file' } | { is: 'out'; reason: string };

const settings = /^(?:_config\.ya?ml|mkdocs\.ya?ml)$/i;

/** The folder of a repository or of a package manager that a path stands in, with a slash at its end. */
export const packageFolder = (path: string): string | undefined => /^(?:.*?\/)?(?:\.git|node_modules)\//s.exec(path)?.[0];

/** Whether a file takes part, by its path alone. Throws InvalidInput when the patterns of `_config.yml` cost too much. */
export function kindOf(path: string, config: SourceConfig, mkdocs: { excluded: (path: string) => boolean }): Kind {
  if (packageFolder(path) !== undefined) return { is: 'out', reason: 'Of a repository or a package manager; no part of a handbook' };
  if (settings.test(path)) return { is: 'out', reason: 'Read as the settings of the site' };
  if (config.leftOut(path)) return { is: 'out', reason: 'Excluded by _config.yml' };
  if (mkdocs.excluded(path)) return { is: 'out', reason: 'Excluded by mkdocs.yml' };
  if (!isPageFile(path)) return { is: 'file' };
  return isHidden(path, config) ? ofHidden(config) : { is: 'page' };
}

const ofHidden = ({ jekyll }: SourceConfig): Kind =>
  jekyll
    ? { is: 'out', reason: 'Jekyll leaves out names that begin with "_" or "."; no collection of this site holds it' }
    : { is: 'perhaps' };

export const notLinked = 'A name that begins with "_" or ".", and no page links to it';

/** Hugo's `_index.md` is the page of its folder; folders of collections hold pages. */
function isHidden(path: string, { collections, included, jekyll }: SourceConfig): boolean {
  if (included(path)) return false;
  const collection = collectionOf(path, collections);
  const parts = (collection ? path.slice(collection.folder.length + 1) : path).split('/');
  const name = parts.pop() ?? '';
  if (parts.some((part) => /^[._]/.test(part) && !included(part))) return true;
  return /^[._]/.test(name) && (jekyll || withoutExtension(name).toLowerCase() !== '_index');
}

/** Drafts of Jekyll and Hexo, wherever they stand, and of Nuxt, by their names. */
export const isInDrafts = (path: string): boolean => /(?:^|\/)_drafts\/|\.draft\.[a-z]+$/i.test(path);

const otherMarkup = new Map([
  ['adoc', 'AsciiDoc'],
  ['asciidoc', 'AsciiDoc'],
  ['rst', 'reStructuredText'],
  ['org', 'Org'],
  ['textile', 'Textile'],
  ['wiki', 'Wikitext'],
  ['mediawiki', 'Wikitext'],
  ['html', 'HTML'],
  ['htm', 'HTML'],
  ['erb', 'a template'],
  ['haml', 'a template'],
  ['slim', 'a template'],
  ['liquid', 'a template'],
  ['ipynb', 'a notebook'],
  ['docx', 'a Word document'],
  ['txt', 'plain text'],
]);

/** Navigation that is not followed. */
const otherNavigation =
  /(?:^|\/)(?:_toc\.ya?ml|sidebars?\.(?:[cm]?[jt]s|json)|docusaurus\.config\.[cm]?[jt]s|\.vitepress\/config\.[cm]?[jt]s|mint\.json|docs\.json|_data\/navigation\.ya?ml|nav\.adoc)$/i;

/** Why a file that nothing shows did not become a page. */
export function reasonFor(path: string): string {
  if (otherNavigation.test(path)) return 'The navigation of another reader, not followed: pages stand by their folders and front matter';
  const markup = otherMarkup.get(nameOf(path).split('.').at(-1)?.toLowerCase() ?? '');
  return markup ? `Not a page: ${markup}, and only Markdown is read; no page shows or links to it` : 'No page shows or links to it';
}

const inlineTarget = /\]\([ \t]*<?([^)>\s]+)/g;
const otherTarget = /(?:^ {0,3}\[[^\]\n]+\]:[ \t]*<?|(?:href|src)=["'])([^>\s"']+)/gm;
const longestTarget = 1_000;

/** Paths that a text may link to, of those with a hidden part: what decides whether hidden files are pages. */
export function hiddenTargets(file: string, body: string): string[] {
  const found: string[] = [];
  for (const pattern of [inlineTarget, otherTarget])
    for (const [, target = ''] of body.matchAll(pattern)) {
      if (!/(?:^|\/)[._](?![./])/.test(target) && !/^[._]/.test(nameOf(file)) && !/(?:^|\/)[._]/.test(folderOf(file))) continue;
      if (target.length > longestTarget || /^[a-z][a-z0-9+.-]*:/i.test(target)) continue;
      const { path } = partsOf(target);
      const plain = path.startsWith('/') ? [path] : [`${folderOf(file)}/${path}`, path];
      found.push(...plain.flatMap((one) => normalise(one) ?? []));
    }
  return found;
}

/** What a link to the file of a page may call it: itself, its name without ending, or the folder whose page it is. */
export function namesOfPage(file: string): string[] {
  const bare = withoutExtension(file);
  return [file, bare, `${bare}.html`, ...(isFolderPage(file) ? [folderOf(file)] : [])];
}
