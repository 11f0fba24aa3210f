/** Keys that Pelican, MkDocs and MultiMarkdown know: a text that merely begins with `Note: …` is none of their headers. */
const keys = new Set(
  'title status date modified tags keywords category slug author authors summary description lang language template draft published visibility url save_as'.split(
    ' ',
  ),
);
/** Without one of these a few lines such as `Date: …` are the beginning of a text. */
const telling = ['title', 'status', 'draft', 'published', 'visibility'];
const line = /^([A-Za-z][\w-]{0,40}):[ \t]*(.*)$/;
const mostLines = 40;
/** Nikola's, in a comment: `.. title: …` and `.. status: draft`. */
const nikola = /^\s{0,20}<!--[ \t]*\n((?:\.\.[ \t]+[\w-]+:.*\n)+)\s{0,20}-->[ \t]*\n?/;

/**
 * Splits off a header without marks, as `Title: …` and `Status: draft`, up to the first blank line; null without one. Only with a
 * title it is surely one: else it is read, and stays in the text too.
 */
export function splitHeader(text: string) {
  const comment = nikola.exec(text.slice(0, 10_000));
  if (comment) return { front: { text: comment[1] ?? '', syntax: 'header' as const }, body: text.slice(comment[0].length) };
  const header: string[] = [];
  const found = new Set<string>();
  for (const one of text.slice(0, 10_000).split('\n', mostLines)) {
    if (one.trim() === '') break;
    const key = line.exec(one)?.[1]?.toLowerCase();
    if (key === undefined ? header.length === 0 || !/^(?: {4}|\t)/.test(one) : !keys.has(key)) return null;
    if (key !== undefined) found.add(key);
    header.push(one);
  }
  if (header.length === mostLines || !telling.some((key) => found.has(key))) return null;
  const front = header.join('\n');
  return {
    front: { text: front, syntax: 'header' as const },
    body: found.has('title') ? text.slice(front.length).replace(/^\n/, '') : text,
  };
}

/** The first value of each key; lines that go on are joined. */
export function valuesOfHeader(header: string): Map<string, unknown> {
  const values = new Map<string, unknown>();
  let last = '';
  for (const written of header.split('\n')) {
    const one = written.replace(/^\.\.[ \t]+/, '');
    const [, key, value = ''] = line.exec(one) ?? [];
    if (key === undefined) values.set(last, `${String(values.get(last) ?? '')} ${one.trim()}`.trim());
    else {
      last = key.toLowerCase();
      values.set(last, value.trim());
    }
  }
  return values;
}
