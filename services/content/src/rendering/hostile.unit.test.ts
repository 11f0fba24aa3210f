import { expect, test } from '@jest/globals';
import { anchorIn } from './anchors.ts';
import { render } from './render.ts';

const much = (text: string) => text.repeat(Math.ceil(200_000 / text.length));

/** Each took from ten seconds to minutes when its time grew with the square of its length. */
const slow: [string, string][] = [
  ['headings that are all the same', much('# a\n')],
  ['headings by underline', much('a\n=\n')],
  ['code of 59,000 letters in Markdown', much(`\`\`\`markdown\n${'**a** '.repeat(9_800)}\n\`\`\`\n`)],
  ['tags that are never closed', `<div>\n${much('<a ')}`],
  ['scripts that are never closed', `<div>\n${much('<script ')}`],
  ['a heading full of spaces', `# a${much(' ')}b`],
  ['lines that are the beginning of a tag', ` markdown=1\n${much('<a\n')}`],
  ['a tag with nothing but attributes', ` markdown=1\n<a${much(' markdown=1')}`],
  ['callouts', much('> [!NOTE]\n> x\n\n')],
  ['attributes after a long link', `[${much('a\n')}](x)${much('{:.a}')}`],
  ['lines of attributes', much('{: .note }\n')],
  ['footnotes', Array.from({ length: 8_000 }, (_, at) => `[^${at}]\n\n[^${at}]: x\n`).join('\n')],
  ['tasks', much('- [ ] a\n')],
  ['Liquid that is never closed', ['{% raw %}', '{% for ', '{{', '{% highlight a ', '{%'].map(much).join('\n')],
  ['Liquid full of spaces', `{{ a${much(' ')}b }} {% link${much(' ')}`],
  ['runs of backticks', `{{ a }} ${Array.from({ length: 1_000 }, (_, at) => '`'.repeat(at + 1)).join(' ')}`],
];

test.each(slow)('renders %s in time that grows with the length', async (_name, body) => {
  // Processor time: what else the machine does is not counted.
  const began = process.cpuUsage();
  await render(body, { liquid: { repository: null, title: null } });
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(8_000);
});

test('numbers headings of the same words as GitHub does, also where a heading already has such a number', async () => {
  const { anchors } = await render('# x\n\n## a\n\n## a-1\n\n## a\n\n## a\n', { liquid: null });
  expect(anchors).toEqual(['x', 'a', 'a-1', 'a-2', 'a-3']);
});

test('finds ids and names of raw HTML, each tag by its own', async () => {
  const { anchors } = await render('Text <a name="one"></a> and <span class="x" id=two>\n\n<div\nid="three">\n</div>\n', { liquid: null });
  expect(anchors).toEqual(['one', 'two', 'three']);
});

test('an anchor that differs in case and punctuation is found, the first of several alike', () => {
  expect(anchorIn(['a-b', 'A--B', 'c'], 'A-b')).toBe('a-b');
  expect(anchorIn(['a-b', 'A--B'], 'A--B')).toBe('A--B');
  expect(anchorIn(['a-b'], '---')).toBeUndefined();
});
