import { boundedWorkers, TooCostly } from '@sidekick/workers';
import { workerHeaps } from '../../rendering/heaps.ts';
import type { FrontMatterTasks } from './front-matter.worker.ts';
import { type FrontMatter, parseNow, type Syntax } from './front-matter-parse.ts';
import { splitHeader } from './header.ts';
import { BadFile } from './text.ts';

export type { FrontMatter } from './front-matter-parse.ts';

/** A file apart from its front matter, both as written. */
export interface Split {
  front: { text: string; syntax: Syntax } | null;
  body: string;
}

/** Whether a text begins with a key, also in braces or behind a `?`, a comment or nothing at all, or has a line early on that only front matter has. */
const looksLikeYaml = (text: string): boolean =>
  /^\s*(?:$|#|\{?\s*["']?[\p{L}\p{N}_$@][\p{L}\p{N}_.$@/-]*["']?\s*:|\?[ \t]+\S+[ \t]*\n:[ \t])/u.test(text) || hasTellingKey(text);

const telling = /^["']?(?:title|draft|published|status|visibility)["']?[ \t]*:/i;
const yamlLine = /^(?:[ \t#"'\]}]|- |[^:]+:(?:[ \t]|$))/;
const mostLines = 40;

/** In the first lines, and in no paragraph behind a paragraph: there it is a line of the text. */
function hasTellingKey(text: string): boolean {
  let inProse = false;
  for (const line of text.slice(0, 10_000).split('\n', mostLines)) {
    if (telling.test(line)) return true;
    if (line.trim() === '') {
      if (inProse) return false;
    } else if (!yamlLine.test(line)) inProse = true;
  }
  return false;
}
const looksLikeToml = (text: string): boolean => /^\s*(?:$|#|\[|["']?[\p{L}\p{N}_-][\p{L}\p{N}_. -]*["']?\s*=)/u.test(text);
const looksLikeJson = (text: string): boolean => /^\s*["{]/.test(text);

interface Fence {
  syntax: Syntax;
  open: RegExp;
  end: RegExp;
  mark: string;
  is: (text: string) => boolean;
}

/** As gray-matter has them (Docusaurus, Eleventy, Gatsby), a first line may name the syntax. */
const fences: Fence[] = [
  { syntax: 'yaml', open: /^---[ \t]*(?:ya?ml[ \t]*)?\n/i, end: /^(?:---|\.\.\.)[ \t]*$/m, mark: '---', is: looksLikeYaml },
  { syntax: 'toml', open: /^---[ \t]*toml[ \t]*\n/i, end: /^---[ \t]*$/m, mark: '---', is: looksLikeToml },
  { syntax: 'json', open: /^---[ \t]*json[ \t]*\n/i, end: /^---[ \t]*$/m, mark: '---', is: looksLikeJson },
  { syntax: 'toml', open: /^\+\+\+[ \t]*\n/, end: /^\+\+\+[ \t]*$/m, mark: '+++', is: looksLikeToml },
  { syntax: 'json', open: /^;;;[ \t]*\n/, end: /^;;;[ \t]*$/m, mark: ';;;', is: looksLikeJson },
];

/**
 * Splits a file: YAML between `---`, TOML between `+++`, a JSON object that opens it, as Hugo has them, what Hexo reads, or the bare
 * header of MultiMarkdown. A first line `---` that no key follows is a rule of the text. Throws BadFile when the front matter is never closed.
 */
export function splitFrontMatter(whole: string): Split {
  const text = whole.replace(/^(?:[ \t]{0,20}\n){1,20}(?=---|\+\+\+)/, '');
  for (const fence of fences) {
    const open = fence.open.exec(text)?.[0];
    if (open !== undefined) return between(text, open.length, fence) ?? { front: null, body: whole };
  }
  const end = endOfObject(text);
  if (end !== null) return { front: { text: text.slice(0, end), syntax: 'json' }, body: text.slice(end).replace(/^[ \t]*\n/, '') };
  return splitUnopened(whole) ?? splitHeader(whole) ?? { front: null, body: whole };
}

const key = /^["']?[A-Za-z][\w-]*["']?[ \t]*:(?:[ \t]|$)/;
const only = /^["']?(?:draft|published)["']?[ \t]*:[ \t]*["']?(?:true|false|yes|no)["']?[ \t]*$/i;

/**
 * Front matter of Hexo without a first mark: keys down to a line `---`, or JSON without braces down to `;;;`. One line of text above
 * `---` is a heading, unless it can only be meant for a generator.
 */
function splitUnopened(text: string): Split | null {
  const found = /^(---|;;;)[ \t]*(?:\n|$)/m.exec(text.slice(0, 10_000));
  if (!found || found.index === 0) return null;
  const front = text.slice(0, found.index);
  const body = text.slice(found.index + found[0].length);
  if (found[1] === ';;;') return /^"[^"\n]+"[ \t]*:/.test(front) ? { front: { text: front, syntax: 'json' }, body } : null;
  const lines = front.trimEnd().split('\n');
  const isFront =
    key.test(lines[0] ?? '') &&
    lines.every((line) => key.test(line) || /^(?:[ \t]+\S|- )/.test(line)) &&
    lines.some((line) => telling.test(line)) &&
    (lines.length > 1 || only.test(front.trimEnd()));
  return isFront ? { front: { text: front, syntax: 'yaml' }, body } : null;
}

function between(text: string, start: number, of: Fence): Split | null {
  const rest = text.slice(start);
  const end = of.end.exec(rest);
  if (!end) {
    if (!of.is(rest)) return null;
    throw new BadFile(`The front matter is never closed: no second ${of.mark}`);
  }
  const front = rest.slice(0, end.index);
  if (!of.is(front)) return null;
  return { front: { text: front, syntax: of.syntax }, body: rest.slice(end.index + end[0].length).replace(/^\n/, '') };
}

/** Where the object that opens a text is closed. */
function endOfObject(text: string): number | null {
  if (!/^\{\s*["}]/.test(text)) return null;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < Math.min(text.length, longest); at++) {
    const char = text[at];
    if (inString && char === '\\') at++;
    else if (char === '"') inString = !inString;
    else if (!inString && char === '{') depth++;
    else if (!inString && char === '}' && --depth === 0) return at + 1;
  }
  return null;
}

/** Characters that are read here at once, and that are read at all; what lies between is read in a process of its own. */
const short = 1_000;
const longest = 1_000_000;
const workers = boundedWorkers<FrontMatterTasks>(import.meta.url, './front-matter.worker', {
  ...workerHeaps.frontMatter,
  limitMs: 5_000,
  idleMs: 10_000,
});

/** The values of a file that is data and nothing else. Throws BadFile, as `parseFrontMatter`. */
export async function parseDataFile(text: string, syntax: 'yaml' | 'json'): Promise<FrontMatter> {
  return parseFrontMatter(text, syntax).catch((error: unknown) => {
    throw error instanceof BadFile ? new BadFile(error.message.replace(/^The front matter/, 'It')) : error;
  });
}

/** Throws BadFile for what cannot be read, takes too long, or repeats itself too often. */
export async function parseFrontMatter(text: string, syntax: Syntax): Promise<FrontMatter> {
  if (text.length <= short) return parseNow({ text, syntax });
  if (text.length > longest) throw new BadFile(`The front matter is longer than ${longest / 1_000_000} MB`);
  try {
    return await workers.run('parse', { text, syntax });
  } catch (error) {
    if (error instanceof TooCostly) throw new BadFile('The front matter takes too long to read');
    if ((error as { code?: string }).code === BadFile.code) throw new BadFile((error as Error).message);
    throw error;
  }
}
