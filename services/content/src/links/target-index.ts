import { nameKey } from '@sidekick/contracts';
import { folderOf, isFolderPage, joinPath, nameOf, trimSlashes, withoutExtension } from '../text/paths.ts';
import { addressOfOutput, type LinkPage } from './link-page.ts';

/** Folders below which the generators of sites keep what stands at the top of the site. */
const siteRoots = ['docs', 'source', 'content', 'src', 'static', 'public', 'docs/public', 'website', 'website/static', 'assets'];

const composed = (path: string): string => path.normalize('NFC');

/** Finds pages, files and folders of a source by paths, by the addresses that its site serves, and by titles. */
export function indexOf({ pages, files, into }: { pages: readonly LinkPage[]; files: ReadonlySet<string>; into: string }) {
  const byFile = new Map(pages.map((page) => [composed(page.file), page]));
  const byOutput = new Map<string, LinkPage>();
  const byAddress = new Map<string, LinkPage>();
  const byPost = new Map<string, LinkPage>();
  const byTitle = new Map<string, LinkPage[]>();
  const others = new Map([...files].map((file) => [composed(file), file]));
  const claim = (map: Map<string, LinkPage>, key: string, page: LinkPage) => {
    if (!map.has(key)) map.set(key, page);
  };
  for (const page of pages) if (page.address !== null) claim(byOutput, composed(page.address), page);
  for (const page of pages) for (const alias of page.also) claim(byOutput, composed(alias), page);
  for (const [output, page] of byOutput) claim(byAddress, addressOfOutput(output), page);
  for (const page of pages) if (/^_?index\./i.test(nameOf(page.file))) claim(byAddress, composed(folderOf(page.file)), page);
  for (const page of pages) if (isFolderPage(page.file)) claim(byAddress, composed(folderOf(page.file)), page);
  for (const page of pages) {
    claim(byAddress, composed(withoutExtension(page.file)), page);
    const title = nameKey(page.title);
    const named = byTitle.get(title);
    if (named) named.push(page);
    else byTitle.set(title, [page]);
  }
  for (const page of pages) {
    const [, post] = /(?:^|\/)_posts\/(.+)$/.exec(page.file) ?? [];
    if (post !== undefined) claim(byPost, composed(withoutExtension(post)), page);
    // What stands here at this path is what readers get, also where its own site serves nothing there.
    if (page.path === into || into === '' || page.path.startsWith(`${into}/`))
      claim(byAddress, page.path.slice(into === '' ? 0 : into.length + 1), page);
  }
  const { folders, tops } = foldersOf([...byFile.keys(), ...others.keys()]);
  const served = (path: string, slash: boolean): LinkPage | undefined => {
    if (slash || path === '') return byOutput.get(joinPath(path, 'index.html'));
    return byOutput.get(path) ?? byOutput.get(`${path}.html`) ?? byOutput.get(`${path}/index.html`);
  };
  return {
    folders,
    /** First parts of all paths and addresses, in lower case. */
    tops: new Set([...tops, ...[...byAddress.keys()].map(topOf)]),
    roots: siteRoots.filter((root) => folders.has(root)),
    isFile: (path: string) => byFile.has(path) || others.has(path),
    /** Files of a Jekyll collection are served without its underscore. */
    file: (path: string) => others.get(path) ?? others.get(`_${path}`),
    served,
    /** The file of a post as `{% post_url %}` names it, with or without the folders it stands in. */
    post: (name: string) => [byPost.get(withoutExtension(trimSlashes(name)))?.file ?? []].flat(),
    titled: (words: string) => byTitle.get(nameKey(words)) ?? [],
    page: (path: string, slash: boolean) =>
      byFile.get(path) ?? served(path, slash) ?? byAddress.get(path) ?? byAddress.get(addressOfOutput(path)) ?? byFile.get(`${path}.md`),
  };
}

const topOf = (path: string): string => {
  const slash = path.indexOf('/');
  return (slash < 0 ? path : path.slice(0, slash)).toLowerCase();
};

function foldersOf(paths: readonly string[]) {
  const folders = new Set<string>();
  const tops = new Set<string>();
  for (const file of paths) {
    tops.add(topOf(file));
    for (let at = folderOf(file); at !== '' && !folders.has(at); at = folderOf(at)) folders.add(at);
  }
  return { folders, tops };
}
