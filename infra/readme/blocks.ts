/** A command of a shell block of a Markdown text, as it stands there without its comment. */
export interface Command {
  /** The heading above it. */
  chapter: string;
  line: number;
  text: string;
}

/** The commands of every block marked `sh`, in their order. A line that ends in a backslash goes on in the next. */
export function commandsOf(markdown: string): Command[] {
  const commands: Command[] = [];
  let chapter = '';
  let fence: string | null = null;
  let open: Command | null = null;
  for (const [index, line] of markdown.split('\n').entries()) {
    const mark = /^```(\w*)\s*$/.exec(line);
    if (mark) {
      fence = fence === null ? (mark[1] ?? '') : null;
      open = null;
      continue;
    }
    if (fence === null) chapter = /^#+ (.*)$/.exec(line)?.[1] ?? chapter;
    if (fence !== 'sh') continue;
    const text = uncommented(line);
    if (text === '') continue;
    const goesOn = text.endsWith('\\');
    const words = goesOn ? text.slice(0, -1).trim() : text;
    if (open) open.text += ` ${words}`;
    else {
      open = { chapter, line: index + 1, text: words };
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
