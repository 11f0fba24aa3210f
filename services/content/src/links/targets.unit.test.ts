import { describe, expect, test } from '@jest/globals';
import type { LinkPage } from './link-page.ts';
import { createTargets } from './targets.ts';

const page = (file: string, more: Partial<LinkPage> = {}): LinkPage => ({
  id: file,
  file,
  path: `book/${file.replace(/\.md$/, '')}`,
  title: file,
  address: null,
  also: [],
  pretty: true,
  ...more,
});
const pages = [
  page('index.md', { path: 'book', title: 'Home' }),
  page('a/b.md', { title: 'Bee' }),
  page('a/c.md', { title: 'Twice' }),
  page('d/c.md', { title: 'Twice' }),
  page('e/README.md', { path: 'book/e' }),
  page('perma.md', { address: 'far/away/index.html' }),
  page('with space.md'),
];
const anchors = new Map([['a/c.md', ['the-c', 'end']]]);
const resolve = createTargets({
  pages,
  files: new Set(['a/x.png', 'img/y.png', 'LICENSE']),
  into: 'book',
  baseurl: '/base',
  anchorsOf: (id) => anchors.get(id) ?? [],
});
const from = (file: string) => pages.find((one) => one.file === file) as LinkPage;
const link = (target: string, file = 'a/b.md', kind: 'link' | 'image' = 'link') => resolve(from(file), { kind, target });

describe('a target', () => {
  test.each([
    ['c.md', 'a/c.md'],
    ['./c.md', 'a/c.md'],
    ['c', 'a/c.md'],
    ['../d/c.md?raw=true', 'd/c.md'],
    ['/d/c', 'd/c.md'],
    ['/base/d/c.html', 'd/c.md'],
    ['/', 'index.md'],
    ['../index.md', 'index.md'],
    ['../e/', 'e/README.md'],
    ['/far/away/', 'perma.md'],
    ['jekyll:d/c.md', 'd/c.md'],
    ['../with%20space.md', 'with space.md'],
    ['wiki:Home', 'index.md'],
    ['wiki:twice', 'a/c.md'],
  ])('%s leads to %s', (target, id) => expect(link(target)).toMatchObject({ to: { is: 'page', id }, missing: null }));

  test('is tried from the page address after the file folder', () => {
    expect(link('../../img/y.png', 'a/b.md', 'image')).toEqual({ to: { is: 'file', file: 'img/y.png' }, missing: null });
    expect(link('x.png', 'a/b.md', 'image')).toEqual({ to: { is: 'file', file: 'a/x.png' }, missing: null });
  });

  test('keeps the anchor that is meant, ignoring case and punctuation', () => {
    expect(link('c.md#The-(C)')).toMatchObject({ to: { anchor: 'the-c' }, missing: null });
    expect(link('c.md#thec')).toMatchObject({ to: { anchor: 'thec' }, missing: 'anchor' });
    expect(link('#end', 'a/c.md')).toEqual({ to: { is: 'here', anchor: 'end' }, missing: null });
    expect(link('#', 'a/c.md').missing).toBeNull();
  });

  test('of a folder without a page leads to the folder', () => {
    expect(link('../d/')).toEqual({ to: { is: 'folder', path: 'book/d' }, missing: null });
  });

  test.each([
    ['no.md', 'link', 'page'],
    ['no.png', 'image', 'image'],
    ['no.toml', 'link', 'file'],
    ['../../../out.md', 'link', 'page'],
    ['wiki:Nobody', 'link', 'page'],
  ] as const)('%s as %s is a missing %s', (target, kind, missing) => expect(link(target, 'a/b.md', kind).missing).toBe(missing));

  test('that only a build could know is no missing one', () => expect(link('liquid:/x').missing).toBeNull());
});
