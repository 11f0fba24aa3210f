import type { Token } from 'markdown-it';

/** Place of the token that closes the one at `at`; the same place for one that stands alone. */
export function closeOf(tokens: readonly Token[], at: number): number {
  const open = tokens[at];
  if (open?.nesting !== 1) return at;
  for (let end = at + 1; end < tokens.length; end++) if (tokens[end]?.level === open.level && tokens[end]?.nesting === -1) return end;
  return tokens.length - 1;
}

/** Words of an inline token as a reader sees them. */
export function textOf(inline: Token | undefined): string {
  let text = '';
  for (const child of inline?.children ?? []) {
    if (child.type === 'text' || child.type === 'code_inline' || child.type === 'image' || child.type === 'math_inline')
      text += child.content;
    else if (child.type === 'softbreak' || child.type === 'hardbreak') text += ' ';
  }
  return text.trim();
}

/** Words of raw HTML; scripts and styles have none. */
export function textOfHtml(html: string): string {
  return html
    .replaceAll(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replaceAll(/<[^>]*>?/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
