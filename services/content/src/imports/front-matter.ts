import { boundedWorkers, TooCostly } from '@sidekick/workers';
import { type FrontMatter, parseNow, type Syntax } from './front-matter-parse.ts';
import type { FrontMatterTasks } from './front-matter.worker.ts';
import { BadFile } from './text.ts';

export type { FrontMatter } from './front-matter-parse.ts';

/** A file apart from its front matter, both as written. */
export interface Split {
  front: { text: string; syntax: Syntax } | null;
  body: string;
}

/** Whether a text begins with a key, a comment or nothing at all. */
const looksLikeYaml = (text: string): boolean => /^\s*(?:$|#|["']?[\p{L}\p{N}_$@][\p{L}\p{N}_.$@/-]*["']?\s*:)/u.test(text);

/**
 * Splits a file: YAML between `---`, TOML between `+++`, or a JSON object that opens it, as Hugo has them. A first line `---`
 * that no key follows is a rule of the text. Throws BadFile when the front matter is never closed.
 */
export function splitFrontMatter(text: string): Split {
  if (/^---[ \t]*\n/.test(text)) return between(text, { syntax: 'yaml', end: /^(?:---|\.\.\.)[ \t]*$/m, mark: '---', is: looksLikeYaml });
  if (/^\+\+\+[ \t]*\n/.test(text)) return between(text, { syntax: 'toml', end: /^\+\+\+[ \t]*$/m, mark: '+++', is: looksLikeToml });
  const end = /^\{[ \t]*\n\s*["}]/.test(text) ? /^\}[ \t]*$/m.exec(text) : null;
  if (!end) return { front: null, body: text };
  const at = end.index + end[0].length;
  return { front: { text: text.slice(0, at), syntax: 'json' }, body: text.slice(at).replace(/^\n/, '') };
}

const looksLikeToml = (text: string): boolean => /^\s*(?:$|#|\[|["']?[\p{L}\p{N}_-][\p{L}\p{N}_. -]*["']?\s*=)/u.test(text);

function between(text: string, of: { syntax: Syntax; end: RegExp; mark: string; is: (text: string) => boolean }): Split {
  const start = text.indexOf('\n') + 1;
  const rest = text.slice(start);
  const end = of.end.exec(rest);
  if (!end) {
    if (!of.is(rest)) return { front: null, body: text };
    throw new BadFile(`The front matter is never closed: no second ${of.mark}`);
  }
  const front = rest.slice(0, end.index);
  if (!of.is(front)) return { front: null, body: text };
  return { front: { text: front, syntax: of.syntax }, body: rest.slice(end.index + end[0].length).replace(/^\n/, '') };
}

/** Characters that are read here at once, and that are read at all; what lies between is read in a thread of its own. */
const short = 1_000;
const longest = 1_000_000;
const workers = boundedWorkers<FrontMatterTasks>(import.meta.url, './front-matter.worker', {
  threads: 1,
  limitMs: 5_000,
  heapMiB: 128,
  idleMs: 10_000,
});

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
