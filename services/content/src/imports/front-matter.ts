import { isMap, isScalar, parseDocument } from 'yaml';
import { BadFile } from './text.ts';

/** Values are texts as written (`1.10` stays `1.10`, a date stays its letters), lists or maps of them. */
export interface FrontMatter {
  values: Map<string, unknown>;
  /** Keys whose value stands in quotes: a number there is a word. */
  quoted: Set<string>;
}

const longest = 64 * 1024;
/** Whether a text begins with a key, a comment or nothing at all. */
const looksLikeYaml = (text: string): boolean => /^\s*(?:$|#|["']?[\w-]+["']?\s*:)/.test(text);

/**
 * Splits a file. Null without front matter; a first line `---` that no key follows is a rule of the text. Throws BadFile
 * when the front matter is never closed or is no YAML.
 */
export function splitFrontMatter(text: string): { front: FrontMatter | null; body: string } {
  if (!/^---[ \t]*\n/.test(text)) return { front: null, body: text };
  const start = text.indexOf('\n') + 1;
  const end = /^(?:---|\.\.\.)[ \t]*$/m.exec(text.slice(start));
  if (!end) {
    if (!looksLikeYaml(text.slice(start))) return { front: null, body: text };
    throw new BadFile('The front matter is never closed: no second ---');
  }
  const yaml = text.slice(start, start + end.index);
  if (!looksLikeYaml(yaml)) return { front: null, body: text };
  return { front: parseFrontMatter(yaml), body: text.slice(start + end.index + end[0].length).replace(/^\n/, '') };
}

export function parseFrontMatter(yaml: string): FrontMatter {
  if (yaml.length > longest) throw new BadFile('The front matter is longer than 64 KB');
  const document = parseDocument(yaml, { schema: 'failsafe', prettyErrors: true, uniqueKeys: false });
  const [error] = document.errors;
  if (error) throw new BadFile(`The front matter is not YAML: ${error.message.split('\n')[0]?.replace(/ at line (\d+).*/, ' (line $1)')}`);
  if (document.contents === null) return { values: new Map(), quoted: new Set() };
  if (!isMap(document.contents)) throw new BadFile('The front matter is not YAML: no keys');
  const quoted = new Set<string>();
  for (const { key, value } of document.contents.items)
    if (isScalar(value) && value.type !== 'PLAIN') quoted.add(String(isScalar(key) ? key.value : key));
  try {
    return { values: document.toJS({ mapAsMap: true, maxAliasCount: 50 }) as Map<string, unknown>, quoted };
  } catch {
    throw new BadFile('The front matter repeats itself too often');
  }
}
