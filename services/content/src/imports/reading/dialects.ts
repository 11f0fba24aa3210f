import { outsideFences } from '../../rendering/prose.ts';
import type { Unknown } from '../parsing/unknown.ts';

export interface DialectOptions {
  title: string | null;
  /** Hears of what is not understood; null where that was told before. */
  unknown: Unknown | null;
}

/**
 * A page's text without what stands around Markdown in files of a generator: tags of ERB (the title is put in), imports and
 * comments of MDX. What it does not know is counted. Each text is gone through once.
 */
export function plainMarkdown(file: string, body: string, options: DialectOptions): string {
  if (/\.erb$/i.test(file)) return withoutErb(file, body, options);
  return /\.mdx$/i.test(file) ? outsideFences(body, (prose) => withoutMdx(file, prose, options)) : body;
}

const erbTitle = /^=\s*(?:current_page|page|current_resource)\.(?:data\.)?title\s*$/;

function withoutErb(file: string, body: string, { title, unknown }: DialectOptions): string {
  return between(body, { open: '<%', close: '%>' }, (inside) => {
    if (erbTitle.test(inside)) return title ?? '';
    if (!inside.startsWith('#')) unknown?.note('ERB tag', file);
    return '';
  });
}

const component = /<[A-Z][\w.]*/g;
/** In MDX a block that begins so is code up to the next blank line. */
const code = /^(?:import|export)\s/;

function withoutMdx(file: string, prose: string, { unknown }: DialectOptions): string {
  const kept: string[] = [];
  let inCode = false;
  let blank = true;
  for (const line of prose.split('\n')) {
    if (!inCode && blank && code.test(line)) {
      inCode = true;
      unknown?.note('MDX import or export', file);
    }
    blank = line.trim() === '';
    if (blank) inCode = false;
    if (!inCode) kept.push(line);
  }
  const text = between(kept.join('\n'), { open: '{/*', close: '*/}' }, () => '');
  const components = text.match(component)?.length ?? 0;
  if (components > 0) unknown?.note('MDX component', file, components);
  return text;
}

/** Replaces what stands between two marks; an opening that is never closed stays. */
function between(text: string, { open, close }: { open: string; close: string }, change: (inside: string) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (let from = text.indexOf(open); from >= 0; from = text.indexOf(open, at)) {
    const to = text.indexOf(close, from + open.length);
    if (to < 0) break;
    parts.push(text.slice(at, from), change(text.slice(from + open.length, to)));
    at = to + close.length;
  }
  return parts.join('') + text.slice(at);
}
