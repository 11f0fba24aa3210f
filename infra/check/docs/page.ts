import MarkdownIt, { type Token } from 'markdown-it';

export interface Link {
  line: number;
  href: string;
}
/** What a Markdown text holds for the rules. */
export interface Page {
  /** Links and images as they are written. */
  links: Link[];
  /** What may stand behind a `#`: the headings, in the form that GitHub gives them. */
  anchors: Set<string>;
  /** Lines that hold HTML. */
  html: number[];
}

const markdown = new MarkdownIt({ html: true });

export function pageOf(text: string): Page {
  const page: Page = { links: [], anchors: new Set(), html: [] };
  const tokens = markdown.parse(text, {});
  // Cells of a table have no lines of their own, their rows do.
  let line = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.map) line = token.map[0] + 1;
    if (token.type === 'html_block') page.html.push(line);
    if (token.type === 'heading_open') page.anchors.add(anchorOf(tokens[index + 1], page.anchors));
    let own = line;
    for (const child of token.children ?? []) {
      if (child.type === 'softbreak' || child.type === 'hardbreak') own += 1;
      if (child.type === 'html_inline') page.html.push(own);
      const href = child.attrGet(child.type === 'image' ? 'src' : 'href');
      if (href !== null) page.links.push({ line: own, href: String(href) });
    }
  }
  return page;
}

/** Lower case, spaces as dashes, without signs; a number behind one that is there already. */
function anchorOf(heading: Token | undefined, taken: ReadonlySet<string>): string {
  const words = (heading?.children ?? []).map(({ type, content }) => (type === 'text' || type === 'code_inline' ? content : '')).join('');
  const anchor = words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
  let free = anchor;
  for (let count = 1; taken.has(free); count += 1) free = `${anchor}-${count}`;
  return free;
}
