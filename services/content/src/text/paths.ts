/** Markdown by its ending, also where a generator's template language stands around it. */
const pageFile = /(?:\.html)?\.(?:md|markdown|mdown|mkdn?|mdx|[rq]md)(?:\.(?:erb|liquid))?$/i;
export const isPageFile = (path: string): boolean => pageFile.test(path);
/** Of a file that is the page of its folder, without the ending. */
export const isFolderPageName = (name: string): boolean => /^(?:index|readme|_index)$/i.test(name);

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const withoutExtension = (path: string): string => path.replace(pageFile, '');
/** Whether a file is the page of its folder. */
export const isFolderPage = (path: string): boolean => isFolderPageName(withoutExtension(nameOf(path)));
export const joinPath = (...parts: string[]): string => parts.filter(Boolean).join('/');

/** Resolves `.` and `..`; null when the path leaves the source. */
export function normalise(path: string): string | null {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (out.length === 0) return null;
      out.pop();
    } else if (part !== '' && part !== '.') out.push(part);
  }
  return out.join('/');
}

/** A text without the slashes at its ends; a pattern for them would look at each of many again and again. */
export function trimSlashes(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && text[from] === '/') from++;
  while (to > from && text[to - 1] === '/') to--;
  return text.slice(from, to);
}
