/** One more item after the last of its like: each begins as `pattern` says, up to an opening bracket. Throws where there is none. */
export function besideLast(text: string, pattern: RegExp, item: string): string {
  const last = [...text.matchAll(pattern)].at(-1);
  if (!last) throw new Error(`Nothing like ${pattern} to stand beside`);
  const end = closingOf(text, last.index + last[0].length) + 1;
  return `${text.slice(0, end)}, ${item}${text.slice(end)}`;
}

/** One more item at the end of the list that `opening` opens. Throws where it is not there. */
export function atEndOf(text: string, opening: string, item: string): string {
  const at = text.indexOf(opening);
  if (at < 0) throw new Error(`No list begins with ${opening}`);
  const end = closingOf(text, at + opening.length);
  const before = text.slice(0, end).trimEnd().replace(/,$/, '');
  return `${before}, ${item}${text.slice(end)}`;
}

/** Where the bracket closes that was opened just before `from`. Brackets in strings and comments count too: there are none in these lists. */
function closingOf(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at += 1) {
    if ('([{'.includes(text[at] ?? '')) open += 1;
    if (')]}'.includes(text[at] ?? '')) open -= 1;
    if (open === 0) return at;
  }
  throw new Error('A bracket is never closed');
}
