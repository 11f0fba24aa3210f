import { beforeEach, expect, test } from '@jest/globals';
import { forgetPlaceOfFirst } from './scroll.ts';
import { serverData } from './server-data.ts';

const json = (title: string) => JSON.stringify({ path: title, page: null, tree: null });
const sent = (content: string): string =>
  `<div id="sk-root"><div class="prose">${content}</div></div><script type="application/json" id="sk-page-data">${json('from-server')}</script>`;

beforeEach(() => sessionStorage.clear());

test.each([
  ['a heading of that id', '<h2 id="sk-page-data">Page data</h2>'],
  ['data in a block of that id', `<div id="sk-page-data">${json('made-up')}</div>`],
  ['a script of that id inside of content', `<script type="application/json" id="sk-page-data">${json('made-up')}</script>`],
])('only what the server wrote is believed, beside %s', (_, content) => {
  document.body.innerHTML = sent(content);
  expect(serverData(document)?.path).toBe('from-server');
  document.body.innerHTML = `<div id="sk-root">${content}</div>`;
  expect(serverData(document)).toBeNull();
});

test('data that is no JSON is none', () => {
  document.body.innerHTML = '<script type="application/json" id="sk-page-data">{</script>';
  expect(serverData(document)).toBeNull();
});

test('a page opened by its address does not take the place of what the tab showed before', () => {
  sessionStorage.setItem('react-router-scroll-positions', JSON.stringify({ default: 1200, abc: 7 }));
  forgetPlaceOfFirst();
  expect(JSON.parse(sessionStorage.getItem('react-router-scroll-positions') ?? '')).toEqual({ abc: 7 });
});
