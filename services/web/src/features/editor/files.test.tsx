import { beforeEach, describe, expect, test } from '@jest/globals';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { fakePortal, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { filesInText, withoutFile } from './file-text.ts';
import { Files, UploadNotes } from './files.tsx';
import { useUploads } from './uploads.ts';

const hashOf = (digit: string) => digit.repeat(64);
const urlOf = (digit: string, name: string) => `/api/v1/attachments/${hashOf(digit)}/${name}`;
const stored = (digit: string, name: string) => ({
  ...{ hash: hashOf(digit), name, type: 'image/png', size: 2_048, url: urlOf(digit, name), markdown: `![plan](${urlOf(digit, name)})` },
  ...{ addedBy: 'Ben', addedAt: '2026-11-30T10:00:00Z', unusedSince: null, usedBy: [] },
});

function Trial({ start }: { start: string }) {
  const [body, setBody] = useState(start);
  const uploads = useUploads({
    insert: (words) => setBody((old) => `${old}${words}`),
    replace: (words, by) => setBody((old) => old.replaceAll(words, by)),
  });
  const write = (change: (body: string) => string) => {
    setBody(change);
    return true;
  };
  return (
    <>
      <textarea
        aria-label="Text"
        value={body}
        onChange={({ target }) => setBody(target.value)}
        onPaste={uploads.onPaste}
        onDrop={uploads.onDrop}
      />
      <UploadNotes {...uploads} />
      <p>{uploads.sending ? 'sending' : 'all there'}</p>
      <Files page={idOf(1)} body={body} write={write} add={uploads.add} hold={uploads.hold} />
    </>
  );
}
const open = (start: string, handlers: Parameters<typeof fakePortal>[0]) => {
  const portal = fakePortal({ 'GET /attachments': { body: { items: [], nextCursor: null } }, ...handlers });
  return { portal, ...renderRoutes([{ path: '/', element: <Trial start={start} /> }], '/') };
};
const text = () => screen.getByLabelText<HTMLTextAreaElement>('Text').value;
const picture = (name = 'plan.png', size = 10) => new File([new Uint8Array(size)], name, { type: 'image/png' });
const pasted = (files: File[], types = ['Files']) => ({ clipboardData: { files, types } });

beforeEach(() => {
  document.body.innerHTML = '';
});

describe('files in a text', () => {
  const link = `![a \\[plan\\]](${urlOf('a', 'p.png')} "title")`;
  test.each([
    ['before ![plan](URL) after', 'before  after'],
    ['[![plan](URL)](https://example.org)', '[](https://example.org)'],
    ['[notes](URL "with title"), then [notes](URL)', ', then '],
    ['<img src="URL">', '<img src="">'],
    [`${link}`, ''],
    ['[not\nthis](URL', '[not\nthis]('],
  ])('%s without the file is %s', (before, after) => {
    const url = urlOf('a', 'p.png');
    const out = withoutFile(before.replaceAll('URL', url), url);
    if (before === link) expect(out).not.toContain(url);
    else expect(out).toBe(after);
  });

  test('are found once each, with the name as people write it', () => {
    const body = `![x](${urlOf('a', 'Gr%C3%B6%C3%9Fe.png')}) and again ${urlOf('a', 'Gr%C3%B6%C3%9Fe.png')}, ${urlOf('b', 'c.pdf')}`;
    expect(filesInText(body).map(({ name }) => name)).toEqual(['Größe.png', 'c.pdf']);
  });

  test('a text that repeats brackets without end is gone through once', () => {
    const url = urlOf('a', 'p.png');
    const body = `${'['.repeat(500_000)}${`[p](${url} `.repeat(20_000)}`;
    const begun = performance.now();
    const after = withoutFile(body, url);
    expect(after).toBe(`${'['.repeat(500_000)}${'[p]( '.repeat(20_000)}`);
    // Some ms; each link looking through the whole text takes a minute.
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('pictures by paste, drop and choice', () => {
  test('a pasted picture is sent and shown where the cursor stands', async () => {
    let answer: (value: object) => void = () => undefined;
    const { portal } = open('# Title\n', {
      'POST /attachments': () => new Promise((resolve) => (answer = () => resolve({ status: 201, body: stored('a', 'plan.png') }))),
    });
    fireEvent.paste(screen.getByLabelText('Text'), pasted([picture()]));
    expect(text()).toMatch(/^# Title\n!\[Sending plan\.png…\]\(sending:\w+\)$/);
    screen.getByText(/Sending “plan.png” \(1 kB\)/);
    answer({});
    await waitFor(() => expect(text()).toBe(`# Title\n![plan](${urlOf('a', 'plan.png')})`));
    expect(portal.last('POST', '/attachments')?.query.get('name')).toBe('plan.png');
    expect(screen.queryByText(/^Sending “/)).toBeNull();
  });

  test('words that bring a picture of themselves stay words', () => {
    const { portal } = open('', {});
    fireEvent.paste(screen.getByLabelText('Text'), pasted([picture()], ['text/plain', 'Files']));
    expect(portal.last('POST', '/attachments')).toBeUndefined();
  });

  test('what fails is told with the reason and leaves nothing in the text; trying again sends it', async () => {
    const { portal, user } = open('Kept', { 'POST /attachments': problem(503, 'unavailable', 'The disk is full') });
    fireEvent.drop(screen.getByLabelText('Text'), { dataTransfer: { files: [picture()], types: ['Files'] } });
    await screen.findByText('“plan.png” was not added: The disk is full');
    expect(text()).toBe('Kept');
    portal.set('POST /attachments', { status: 201, body: stored('a', 'plan.png') });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(text()).toContain(urlOf('a', 'plan.png')));
  });

  test('what is too large or empty is not sent at all', async () => {
    const { portal } = open('', {});
    fireEvent.paste(screen.getByLabelText('Text'), pasted([picture('big.png', 25 * 1_048_576 + 1), picture('none.png', 0)]));
    await screen.findByText(/“big.png” was not added: it has 25 MB; a file holds at most 25 MB/);
    screen.getByText(/“none.png” was not added: it is empty/);
    expect(portal.last('POST', '/attachments')).toBeUndefined();
  });

  test('a file is replaced wherever the text names it, and taken out, each with an undo', async () => {
    const start = `![one](${urlOf('a', 'plan.png')})\n[two](${urlOf('a', 'plan.png')})`;
    const { user } = open(start, { 'POST /attachments': { status: 201, body: stored('b', 'new.png') } });
    await user.click(screen.getByText('Pictures and files'));
    const row = screen.getByRole('listitem');
    await user.upload(within(row).getByLabelText('Replace plan.png'), picture('new.png'));
    await waitFor(() => expect(text()).toBe(start.replaceAll(urlOf('a', 'plan.png'), urlOf('b', 'new.png'))));
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(text()).toBe(start);
    await user.click(screen.getByRole('button', { name: 'Take plan.png out of the text' }));
    expect(text()).toBe('\n');
    await user.click(screen.getAllByRole('button', { name: 'Undo' }).at(-1) as HTMLElement);
    expect(text()).toBe(start);
  });

  test('a replacement that is on its way counts as sending: a save waits for it', async () => {
    let answer: () => void = () => undefined;
    const { user } = open(`![one](${urlOf('a', 'plan.png')})`, {
      'POST /attachments': () => new Promise((resolve) => (answer = () => resolve({ status: 201, body: stored('b', 'new.png') }))),
    });
    await user.click(screen.getByText('Pictures and files'));
    await user.upload(screen.getByLabelText('Replace plan.png'), picture('new.png'));
    expect(await screen.findByText('sending')).toBeTruthy();
    answer();
    expect(await screen.findByText('all there')).toBeTruthy();
    expect(text()).toContain(urlOf('b', 'new.png'));
  });
});
