import MarkdownIt from 'markdown-it';

/** A command of a shell block of a Markdown text, as it stands there without its comment. */
export interface Command {
  /** The heading above it. */
  chapter: string;
  line: number;
  text: string;
}

const markdown = new MarkdownIt();

/** The commands of every block marked `sh`, in their order. A line that ends in a backslash goes on in the next. */
export function commandsOf(text: string): Command[] {
  const tokens = markdown.parse(text, {});
  let chapter = '';
  return tokens.flatMap(({ type, info, content, map }, index) => {
    if (type === 'heading_open') chapter = tokens[index + 1]?.content ?? '';
    return type === 'fence' && info.trim() === 'sh' ? commandsIn(content, chapter, (map?.[0] ?? 0) + 2) : [];
  });
}

function commandsIn(block: string, chapter: string, firstLine: number): Command[] {
  const commands: Command[] = [];
  let open: Command | null = null;
  for (const [index, line] of block.split('\n').entries()) {
    const text = uncommented(line);
    if (text === '') continue;
    const goesOn = text.endsWith('\\');
    const words = goesOn ? text.slice(0, -1).trim() : text;
    if (open) open.text += ` ${words}`;
    else {
      open = { chapter, line: firstLine + index, text: words };
      commands.push(open);
    }
    if (!goesOn) open = null;
  }
  return commands;
}

/** A comment begins at a `#` that begins a word outside of quotes. */
function uncommented(line: string): string {
  let quote = '';
  for (const [index, sign] of [...line].entries()) {
    if (quote) quote = sign === quote ? '' : quote;
    else if (sign === "'" || sign === '"') quote = sign;
    else if (sign === '#' && (index === 0 || /\s/.test(line[index - 1] ?? ''))) return line.slice(0, index).trim();
  }
  return line.trim();
}
