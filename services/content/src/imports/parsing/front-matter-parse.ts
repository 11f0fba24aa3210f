import { parse as parseToml } from 'smol-toml';
import { isAlias, isMap, isScalar, parseDocument, visit } from 'yaml';
import { valuesOfHeader } from './header.ts';
import { BadFile } from './text.ts';

export type Syntax = 'yaml' | 'toml' | 'json' | 'header';

/** Values are texts as written (`1.10` stays `1.10`, a date stays its letters), lists or maps of them. */
export interface FrontMatter {
  values: Map<string, unknown>;
  /** Keys whose value stands in quotes: a number there is a word. */
  quoted: Set<string>;
}

/** Aliases that one file may hold: resolving them costs more than their number, and each can stand for many. */
const mostAliases = 20;

/** Levels of lists and maps in one another. Parsers climb them by recursion, and too deep a stack can end a whole process. */
const deepest = 100;

function checkDepth(text: string): void {
  let flow = 0;
  let indented = 0;
  let lineStart = true;
  for (const char of text) {
    if (char === '[' || char === '{') flow += 1;
    else if (char === ']' || char === '}') flow = Math.max(0, flow - 1);
    if (char === '\n') {
      lineStart = true;
      indented = 0;
    } else if (lineStart && (char === ' ' || char === '-' || char === '?' || char === '\t')) indented += 1;
    else lineStart = false;
    if (flow > deepest || indented > deepest * 4) throw new BadFile(`The front matter is nested more than ${deepest} levels deep`);
  }
}

/** Throws BadFile. Its time grows with what stands in the text: long ones are for a process of their own. */
export function parseNow({ text, syntax }: { text: string; syntax: Syntax }): FrontMatter {
  if (syntax === 'header') return { values: valuesOfHeader(text), quoted: new Set() };
  checkDepth(text);
  return syntax === 'yaml' ? ofYaml(text) : ofData(text, syntax);
}

function ofYaml(yaml: string): FrontMatter {
  const document = parseDocument(yaml, { schema: 'failsafe', merge: true, prettyErrors: true, uniqueKeys: false, logLevel: 'error' });
  // Of several documents the first is read, as by Jekyll.
  const error = document.errors.find(({ code }) => code !== 'MULTIPLE_DOCS');
  if (error) throw new BadFile(`The front matter is not YAML: ${error.message.split('\n')[0]?.replace(/ at line (\d+).*/, ' (line $1)')}`);
  if (document.contents === null) return { values: new Map(), quoted: new Set() };
  if (!isMap(document.contents)) throw new BadFile('The front matter is not YAML: no keys');
  const quoted = new Set<string>();
  for (const { key, value } of document.contents.items)
    if (isScalar(value) && value.type !== 'PLAIN') quoted.add(String(isScalar(key) ? key.value : key));
  let aliases = 0;
  visit(document, (_, node) => {
    if (!isAlias(node)) return undefined;
    aliases += 1;
    return aliases > mostAliases ? visit.BREAK : undefined;
  });
  if (aliases > mostAliases) throw new BadFile(`The front matter repeats itself too often: more than ${mostAliases} aliases`);
  try {
    return { values: document.toJS({ mapAsMap: true, maxAliasCount: 50 }) as Map<string, unknown>, quoted };
  } catch {
    throw new BadFile('The front matter repeats itself too often');
  }
}

function ofData(text: string, syntax: 'toml' | 'json'): FrontMatter {
  let data: unknown;
  try {
    data =
      syntax === 'toml'
        ? parseToml(text, { integersAsBigInt: 'asNeeded', maxDepth: deepest })
        : JSON.parse(/^\s*"/.test(text) ? `{${text}}` : text);
  } catch (error) {
    throw new BadFile(`The front matter is not ${syntax.toUpperCase()}: ${(error as Error).message.split('\n')[0]}`);
  }
  const values = asTexts(data);
  if (!(values instanceof Map)) throw new BadFile(`The front matter is not ${syntax.toUpperCase()}: no keys`);
  return { values, quoted: new Set(Object.entries(data as object).flatMap(([key, value]) => (typeof value === 'string' ? [key] : []))) };
}

function asTexts(value: unknown, depth = 0): unknown {
  if (depth > deepest) throw new BadFile('The front matter is nested too deeply');
  if (Array.isArray(value)) return value.map((one) => asTexts(one, depth + 1));
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).map(([key, one]) => [key, asTexts(one, depth + 1)]));
  return value === null || value === undefined ? '' : String(value);
}
