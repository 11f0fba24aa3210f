/** Letters of a text that is played: what a page of moderate length has. */
const size = 200_000;
/** A piece, repeated up to that. */
export const much = (piece: string, length = size): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
const each = (make: (n: number) => string, length = size): string => {
  const pieces: string[] = [];
  for (let [n, sum] = [0, 0]; sum < length; n += 1) {
    const piece = make(n);
    pieces.push(piece);
    sum += piece.length;
  }
  return pieces.join('').slice(0, length);
};
const fenced = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\`\n`;
const fences = (language: string, code: string): string => much(fenced(language, code.slice(0, 59_000)));

/** Texts whose reading has grown faster than their length, here or in the parsers that others use. */
export const hostileTexts: readonly [string, string][] = [
  ['headings by underline', much('a\n=\n')],
  ['headings that are all the same', much('# a\n')],
  ['headings of one letter, all different', each((n) => `# ${n}\n`)],
  ['levels of headings', each((n) => `${'#'.repeat(1 + (n % 6))} a\n`)],
  ['a link over all lines, then attributes', `[${much('a\n', 100_000)}](x)${much('{:.a}', 100_000)}`],
  ['spans with attributes', much('*a*{:.a}')],
  ['lines of attributes', much('{: .note }\n')],
  ['quotes with attributes', much('> a\n{: .note }\n\n')],
  ['attributes that never close', much('{: .a ')],
  ['a heading id made of brackets', `# a ${much('{#')}`],
  ['openings of links', much('[')],
  ['openings of links with words', much('[a](')],
  ['openings of images', much('![a](<b')],
  ['links in links', `${much('[', 100_000)}${much('](a)', 100_000)}`],
  ['brackets by twos', much('[[')],
  ['wiki links that never close', much('[[a|')],
  ['wiki links', each((n) => `[[Page ${n}]] `)],
  ['links, all different', each((n) => `[a](p${n}.md) `)],
  ['links to anchors', each((n) => `[a](#a-${n}) `)],
  ['references that are not there', much('[a][b] ')],
  ['references, all different', each((n) => `[r${n}]: /x${n}\n`)],
  ['references to one long address', `[a]: https://e.org/${much('x', 100_000)}\n\n${much('[a] ', 100_000)}`],
  ['footnotes', each((n) => `[^${n}]\n\n[^${n}]: x\n\n`)],
  ['footnotes in place', much('^[a]')],
  ['footnotes in footnotes', much('^[')],
  ['tasks', much('- [ ] a\n')],
  ['stars', much('*')],
  ['stars and letters', much('*a **b ')],
  ['stars that half close', much('a**b*c ')],
  ['underlines', much('_a ')],
  ['tildes', much('~~a ')],
  ['runs of backticks, each longer', each((n) => `${'`'.repeat((n % 600) + 1)} `)],
  ['backslashes', much('\\')],
  ['entities', much('&amp;&#x41;&')],
  ['angles', much('<')],
  ['tags that never close', much('<a ')],
  ['tags, opened', much('<div>')],
  ['spans, nested', much('<b>')],
  ['closings', much('</b>')],
  ['attributes of a tag', `<a ${much('a=b ')}>`],
  ['comments that never close', much('<!-- ')],
  ['declarations', much('<!A ')],
  ['processing instructions', much('<?')],
  ['CDATA', much('<![CDATA[')],
  ['scripts that never close', much('<script>')],
  ['titles in prose', much('a <title> b\n')],
  ['addresses', much('https://a.b/c ')],
  ['addresses with brackets', much('https://a.b/(')],
  ['addresses of mail', much('a@b.c ')],
  ['autolinks', much('<https://a.b> ')],
  ['quotes, nested', much('>')],
  ['quotes, nested and lazy', much(`${'> '.repeat(50)}a\n`)],
  ['lists, nested', each((n) => `${'  '.repeat(n % 80)}- a\n`)],
  ['lists on one line', much('- ')],
  ['lists by number', much('1. a\n')],
  ['definitions', much('a\n: b\n\n')],
  ['rows of a table', `|a|b|\n|-|-|\n${much('|1|2|\n')}`],
  ['columns of a table', `${much('|a', 60_000)}\n${much('|-', 60_000)}\n${much('|1', 60_000)}`],
  ['a table of nothing', `|a|\n|-|\n${much('|\n')}`],
  ['rows that are narrower than their table', `${much('|a', 2_000)}|\n${much('|-', 2_000)}|\n${much('|\n')}`],
  ['alerts', much('> [!NOTE]\n> x\n\n')],
  ['alerts in alerts', each((n) => `${'> '.repeat(n % 60)}> [!NOTE]\n`)],
  ['colon blocks', much(':::note\na\n:::\n')],
  ['colon blocks that never close', much(':::note\n')],
  ['colon blocks, nested', each((n) => `${':'.repeat(3 + (n % 400))}note\n`)],
  ['admonitions', much('!!! note\n    a\n\n')],
  ['admonitions, nested', each((n) => `${'    '.repeat(n % 50)}!!! note\n`)],
  ['hints', much('{% hint style="info" %}\na\n{% endhint %}\n')],
  ['Liquid that never closes', much('{% a {{ b ')],
  ['comments of Liquid', much('{% comment %}')],
  ['math', much('$$a_{1}$$\n\n')],
  ['math that never closes', much('$$a ')],
  ['math, nested', `$$${much('{', 50_000)}${much('}', 50_000)}$$`],
  ['code in Markdown', fences('markdown', much('**a\n'))],
  ['code in Markdown, emphasis', fences('markdown', much('*a_b`c['))],
  ['code in HTML', fences('html', much('<a b="'))],
  ['code in TypeScript', fences('ts', much('a<b(c?d:`${'))],
  ['code in a shell', fences('bash', much('$(a "$(b '))],
  ['code in YAML', fences('yaml', much('- a: {b: [c, '))],
  ['code in SQL', fences('sql', much("select 'a"))],
  ['code in C++', fences('cpp', much('template<a<'))],
  ['blocks of code, one line each', much('```js\na\n```\n')],
  ['indented code', much('    a\n\n')],
  ['one line of spaces', `a${much(' ')}b`],
  ['a heading full of spaces', `# a${much(' ')}b`],
  ['lines of spaces', much(' \n')],
  ['tabs', much('\t-\ta\n')],
  ['line ends', much('\n')],
  ['zero-width joins', much('a\u200d')],
  ['accents on one letter', `a${much('\u0301')}`],
  ['letters of three bytes', much('的')],
  ['pairs of surrogates', much('😀')],
  ['DocFX blocks', much(':::image source="a.png" alt-text="b"\n')],
  ['DocFX includes', much('[!INCLUDE [a](b.md)]\n')],
  ['MkDocs tabs', much('=== "A"\n    a\n\n')],
];

/** A page as its source first had it, as it was edited here, as the source has it now. */
export const hostileMerges: readonly [string, Record<'base' | 'ours' | 'theirs', string>][] = [
  ['lines that are all the same', merging((n) => `a\n`.repeat(n))],
  ['blank lines', merging((n) => '\n'.repeat(n))],
  ['two lines in turn', merging((n) => 'a\nb\n'.repeat(n / 2))],
  ['lines in another order', merging((n) => Array.from({ length: n }, (_, at) => `${(at * 7919) % n}\n`).join(''))],
];

function merging(make: (lines: number) => string): Record<'base' | 'ours' | 'theirs', string> {
  return { base: make(20_000), ours: `x\n${make(19_000)}`, theirs: `${make(18_000)}y\n` };
}

/** Files of an import, each with front matter made to blow up. */
export const hostileFrontMatter: readonly [string, string][] = [
  ['aliases of aliases', `a: &a [${Array.from({ length: 400 }, () => '*a').join(',')}]`],
  ['a billion laughs', Array.from({ length: 30 }, (_, n) => `a${n}: &a${n} [${n === 0 ? '1' : `*a${n - 1}, *a${n - 1}`}]`).join('\n')],
  ['brackets', `a: ${much('[', 60_000)}`],
  ['braces', `a: ${much('{a: ', 60_000)}`],
  ['keys', each((n) => `k${n}: ${n}\n`, 60_000)],
  ['deep lists', `a:\n${Array.from({ length: 300 }, (_, n) => `${' '.repeat(n)}-`).join('\n')}`],
  ['slashes of a permalink', `permalink: a${much('/', 60_000)}a`],
  ['colons', much('a: b: ', 60_000)],
  ['quotes', `a: "${much('\\', 60_000)}`],
  ['anchors', each((n) => `a${n}: &x${n} 1\n`, 60_000)],
  ['owners', `owners: [${much('"person:a",', 60_000)}]`],
  ['longer than it may be', much('a: b\n')],
  ['TOML', `+++\n${each((n) => `[a.${'b.'.repeat(n % 40)}c${n}]\n`, 60_000)}+++`],
];
