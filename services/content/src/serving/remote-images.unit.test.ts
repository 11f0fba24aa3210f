import { describe, expect, test } from '@jest/globals';
import { sanitise } from '../rendering/sanitise.ts';
import { remoteImages } from './remote-images.ts';

const shown = (html: string, hosts: string[] = []) => remoteImages(hosts).show(sanitise(html, []));

describe('pictures on other servers', () => {
  const picture = '<img src="https://img.example.org/a/b.png?x=1&amp;y=2" alt="A plan">';

  test('is a link with its words where the host is not allowed', () => {
    expect(shown(picture)).toBe(
      '<a href="https://img.example.org/a/b.png?x=1&amp;y=2" rel="noopener noreferrer" data-remote="image">A plan</a>',
    );
    expect(shown('<img src="https://img.example.org/a/b.png">')).toContain('>b.png</a>');
  });

  test.each([[['img.example.org']], [['*.example.org']], [['other.org', '*.example.org']]])('is shown from %j', (hosts) => {
    expect(shown(picture, hosts)).toContain('<img src="https://img.example.org/a/b.png?x=1&amp;y=2"');
  });

  test.each([[['example.org']], [['*.img.example.org']], [['ample.org']], [['*.ample.org']]])('is not shown from %j', (hosts) => {
    expect(shown(picture, hosts)).not.toContain('<img');
  });

  test('is never shown without https, and inside a link it is words', () => {
    expect(shown('<img src="http://img.example.org/b.png" alt="b">', ['img.example.org'])).toContain(
      '<a href="http://img.example.org/b.png"',
    );
    const badge = shown(`<a href="https://ci.example.org">${picture}</a> ${picture}`);
    expect(badge.match(/<a /g)).toHaveLength(2);
    expect(badge).toContain('<span data-missing="image">A plan</span></a>');
  });

  test('a picture within the text of the page is its words', () => {
    expect(shown('<img src="data:image/png;base64,AAAA" alt="A plan">')).toBe('<span data-missing="image">A plan</span>');
  });

  test('leaves pictures of the portal and words that look like tags', () => {
    const own = '<img src="/api/v1/attachments/ab/c.png" alt="c" loading="lazy" />';
    expect(remoteImages([]).show(own)).toBe(own);
    expect(shown('<p title="<img src=&quot;https://a.b/c.png&quot;>">x</p>')).not.toContain('data-remote');
  });
});
