import type { Token } from 'markdown-it';
import { textOf, textOfHtml } from './tokens.ts';

/** Text below a heading, code apart; the first has no heading and no anchor. */
export interface Section {
  anchor: string;
  heading: string;
  level: number;
  text: string;
  code: string;
}

export function sectionsOf(tokens: readonly Token[], lead: { text: string } | null): Section[] {
  const sections: Section[] = [{ anchor: '', heading: lead?.text ?? '', level: 1, text: '', code: '' }];
  let current = sections[0] as Section;
  const add = (part: 'text' | 'code', words: string) => {
    if (words) current[part] += current[part] ? `\n${words}` : words;
  };
  for (const [at, token] of tokens.entries()) {
    const previous = tokens[at - 1];
    if (token.type === 'heading_open') {
      const anchor = String(token.attrGet('id') ?? '');
      current = { anchor, heading: textOf(tokens[at + 1]), level: Number(token.tag.slice(1)), text: '', code: '' };
      sections.push(current);
    } else if (token.type === 'inline' && previous?.type !== 'heading_open') add('text', textOf(token));
    else if (token.type === 'fence' || token.type === 'code_block') add('code', token.content.trim());
    else if (token.type === 'html_block') add('text', textOfHtml(token.content));
  }
  return sections;
}

/** Words of all sections, code left out. */
export const wordsIn = (sections: readonly Section[]): number =>
  sections.reduce((sum, { heading, text }) => sum + `${heading} ${text}`.split(/\s+/).filter(Boolean).length, 0);
