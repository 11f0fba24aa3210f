import { longestBody } from '@sidekick/contracts';
import { folderOf, isFolderPage, nameOf, withoutExtension } from '../../text/paths.ts';
import { parseFrontMatter, splitFrontMatter } from '../parsing/front-matter.ts';
import type { Syntax } from '../parsing/front-matter-parse.ts';
import { globOf } from '../parsing/glob.ts';
import { textOfFile } from '../parsing/text.ts';
import type { Zip, ZipItem } from '../parsing/zip.ts';
import { isYes } from './publication.ts';

/** By what Hugo keeps a page from its site; the other values that it hands down decide of looks alone. */
const handedDown = /^(?:draft|publishdate|pubdate|expirydate|unpublishdate|_?build|headless)$/i;
const sectionPage = /(?:^|\/)_index(?:\.[\w-]{2,8})?\.(?:md|markdown)$/i;

/** Of one `_index.md`, and steps of matching in a whole run: what is beyond counts as meant, since a page too few is no leak. */
const mostRules = 100;
const mostSteps = 20_000_000;

interface Rule {
  applies: (path: string) => boolean;
  values: [string, unknown][];
}

export interface Sections {
  /** What decides whether a file is published, by the sections above it. */
  handsDown: (file: string) => Map<string, unknown>;
  /**
   * Whether a section above it is a draft of Zola, which has no page below one whatever that says. Hugo shows those: with the TOML
   * that both read, a page too few is no leak.
   */
  isHeld: (file: string) => boolean;
}

/**
 * What the `cascade` of Hugo's `_index.md` files says of pages below them and of themselves, as far as it decides what is
 * published; the nearest wins. A target that cannot be followed (of a language, a server, a pattern with braces) counts as met.
 */
export async function sectionsIn(
  items: readonly ZipItem[],
  { read, pause }: Pick<Zip, 'read'> & { pause: () => Promise<void> },
): Promise<Sections> {
  const byFolder = new Map<string, Rule[]>();
  const held = new Set<string>();
  let steps = 0;
  const spend = (count: number) => {
    steps += count;
  };
  for (const item of items) {
    if (!sectionPage.test(item.path) || item.size > longestBody) continue;
    await pause();
    const section = await sectionIn(item, read);
    const rules = rulesOf(section?.values.get('cascade'), { spend, isSpent: () => steps > mostSteps });
    if (rules.length > 0) byFolder.set(folderOf(item.path), rules);
    if (section?.syntax === 'toml' && isYes(text(section.values.get('draft')))) held.add(folderOf(item.path));
  }
  return {
    handsDown: (file) => {
      const found: [string, unknown][] = [];
      for (const at of byFolder.size > 0 ? foldersOf(file) : [])
        found.unshift(...(byFolder.get(at) ?? []).flatMap(({ applies, values }) => (applies(file) ? values : [])));
      return new Map(found);
    },
    isHeld: (file) => held.size > 0 && foldersOf(file).some((at) => held.has(at)),
  };
}

/** From the file's own to the top, which is empty. */
function foldersOf(file: string): string[] {
  const folders: string[] = [];
  for (let at = folderOf(file); at !== ''; at = folderOf(at)) folders.push(at);
  return [...folders, ''];
}

/** Nothing for a file that cannot be read: it is told of where it is read as a page. */
async function sectionIn(item: ZipItem, read: Zip['read']): Promise<{ values: Map<string, unknown>; syntax: Syntax } | null> {
  try {
    const { front } = splitFrontMatter(textOfFile(await read(item)));
    return front && { ...(await parseFrontMatter(front.text, front.syntax)), syntax: front.syntax };
  } catch {
    return null;
  }
}

interface Spending {
  spend: (steps: number) => void;
  isSpent: () => boolean;
}

/** A map of values, or a list of such maps, each with the pages it is for. */
function rulesOf(cascade: unknown, spending: Spending): Rule[] {
  const given = (Array.isArray(cascade) ? cascade : [cascade]).filter((one) => one instanceof Map).slice(0, mostRules);
  return given.flatMap((rule: Map<string, unknown>) => {
    const values = [...rule].filter(([key]) => handedDown.test(key));
    const target = rule.get('target') ?? rule.get('_target');
    return values.length > 0 ? [{ values, applies: target instanceof Map ? targetTest(target, spending) : () => true }] : [];
  });
}

function targetTest(target: ReadonlyMap<string, unknown>, { spend, isSpent }: Spending): (file: string) => boolean {
  const kind = text(target.get('kind'));
  const pattern = text(target.get('path')).toLowerCase();
  const isPlain = pattern !== '' && pattern.length <= 300 && !/[{}]|[^/]\*\*|\*\*[^/]/.test(pattern);
  const matches = isPlain ? globOf(pattern, spend) : () => true;
  return (file) => {
    const isSection = isFolderPage(file) && nameOf(file).startsWith('_');
    if ((kind === 'page' && isSection) || (kind === 'section' && !isSection)) return false;
    const path = logicalPath(file);
    return isSpent() || (matches(path) && `${path}/**` !== pattern);
  };
}

/** The path by which Hugo's targets name a page: below `content`, in lower case, without ending. */
function logicalPath(file: string): string {
  const below = /(?:^|\/)content\/(.*)$/.exec(file)?.[1] ?? file;
  return `/${isFolderPage(below) ? folderOf(below) : withoutExtension(below)}`.toLowerCase();
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
