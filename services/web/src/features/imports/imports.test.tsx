import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { act, screen, waitFor, within } from '@testing-library/react';
import { strFromU8, unzipSync } from 'fflate';
import { Guard } from '../../shell/guard.tsx';
import { aMe, anImport, aPage, aRevision } from '../../testing/builders.ts';
import { fakePortal, idOf } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { ImportScreen } from './import-screen.tsx';
import { ImportsScreen } from './imports-screen.tsx';
import { pack, uploadOfFolder } from './pack.ts';

const screens = [
  { path: '/imports', element: <ImportsScreen /> },
  { path: '/imports/:id', element: <ImportScreen /> },
];
const routes = [{ element: <Guard />, children: screens }];
beforeEach(() => localStorage.clear());
const open = (handlers: Parameters<typeof fakePortal>[0], at = `/imports/${idOf(700)}`) => {
  const portal = fakePortal({
    'GET /me': { body: aMe() },
    'GET /imports': { body: { items: [], nextCursor: null } },
    'GET /sources': { body: { items: [{ key: 'handbook', into: 'handbook', pages: 228, lastImportAt: null }], nextCursor: null } },
    ...handlers,
  });
  return { portal, ...renderRoutes(routes, at) };
};
const fileAt = (path: string, text: string, read = async () => new TextEncoder().encode(text).buffer): File => {
  const file = new File([text], path.split('/').at(-1) ?? '', { type: 'text/markdown' });
  Object.defineProperty(file, 'webkitRelativePath', { value: path });
  Object.defineProperty(file, 'arrayBuffer', { value: read });
  return file;
};

describe('the zip made here', () => {
  let entries: Record<string, Uint8Array>;
  beforeAll(async () => {
    const upload = uploadOfFolder([
      fileAt('playbook/index.md', '# Olá'),
      fileAt('playbook/_config.yml', 'title: x'),
      fileAt('playbook/img/a.png', 'png'),
      fileAt('playbook/.git/HEAD', 'ref'),
      fileAt('playbook/.attachments/b.png', 'png'),
      fileAt('playbook/node_modules/x/readme.md', 'no'),
    ]);
    expect(upload).toMatchObject({ name: 'playbook', without: ['.git/', 'node_modules/'] });
    const chunks: BlobPart[] = [];
    const RealBlob = globalThis.Blob;
    globalThis.Blob = class extends RealBlob {
      constructor(parts: BlobPart[] = [], options?: BlobPropertyBag) {
        super(parts, options);
        chunks.push(...parts);
      }
    };
    await pack(upload, () => {});
    globalThis.Blob = RealBlob;
    const bytes = (chunks as Uint8Array[]).flatMap((chunk) => [...chunk]);
    entries = unzipSync(Uint8Array.from(bytes));
  });

  test('holds the folder without its own name, hidden folders too; the repository and packages are named as left out', () => {
    expect(Object.keys(entries).sort()).toEqual(['.attachments/b.png', '_config.yml', 'img/a.png', 'index.md']);
  });
  test('holds the bytes as they were', () => {
    expect(strFromU8(entries['index.md'] ?? new Uint8Array())).toBe('# Olá');
  });
});

test('the report names what failed, what leads nowhere and what was done, and counts jump there', async () => {
  open({
    [`GET /imports/${idOf(700)}`]: {
      body: anImport(
        { rows: [{ path: 'data/skew.md', title: 'Skewed joins', outcome: 'created' }] },
        {
          created: 1,
          unchanged: 197,
          failed: [{ path: 'data/spark.md', reason: 'The front matter is never closed' }],
          missing: [{ page: 'a.md', target: '#pause', kind: 'anchor' }],
        },
      ),
    },
  });
  expect((await screen.findByText(/Finished in 7.2 s/)).textContent).toContain('1 file left out');
  const counts = screen.getByRole('navigation', { name: 'Counts' });
  expect(
    within(counts)
      .getByRole('link', { name: /1\s*Failed/ })
      .getAttribute('href'),
  ).toBe('#failed');
  expect(document.getElementById('failed')?.textContent).toContain('The front matter is never closed');
  expect(document.getElementById('missing')?.textContent).toContain('no such heading on the page');
  expect(document.getElementById('created')?.textContent).toContain('Skewed joins');
  expect(screen.queryByText('Moved', { selector: 'h2' })).toBeNull();
});

test('what is no page, what is a draft and what was written for another reader is told; a dead link offers the likely page', async () => {
  const { user } = open({
    [`GET /imports/${idOf(700)}`]: {
      body: anImport(
        { startedAt: '2026-11-27T08:58:00.000Z' },
        {
          created: 3,
          drafts: [{ path: 'pay.md', title: 'Pay, not agreed' }],
          leftOut: [{ path: 'old.rst', reason: 'Not a page: reStructuredText' }],
          unknown: [{ kind: 'MDX component', count: 7, pages: 2 }],
          missing: ['a.md', 'b.md'].map((page) => ({ page, target: 'relese.md', kind: 'page' as const })),
          nearest: ['a.md', 'b.md'].map((page) => ({ page, target: 'relese.md', path: 'book/release', title: 'Release' })),
          outside: [{ page: 'a.md', target: '/shop/' }],
        },
      ),
    },
  });
  expect((await screen.findByText(/Finished in/)).textContent).toMatch(/after waiting .* for others/);
  expect(document.getElementById('drafts')?.textContent).toContain('Pay, not agreed');
  expect(document.getElementById('leftout')?.textContent).toContain('reStructuredText');
  expect(document.getElementById('unknown')?.textContent).toContain('7 on 2 pages');
  expect(document.getElementById('outside')?.textContent).toContain('/shop/');
  const links = within(document.getElementById('missing') as HTMLElement);
  expect(links.getAllByRole('link', { name: 'Release' })[0]?.getAttribute('href')).toBe('/p/book/release');
  expect(links.getAllByRole('row')).toHaveLength(3);
  await user.click(links.getByRole('button', { name: 'By target' }));
  expect(links.getAllByRole('row')).toHaveLength(2);
  expect(links.getByText('2 pages, as a.md, b.md')).toBeTruthy();
});

test('of a page kept as edited here both texts are shown, and the one of the source is taken against the version that was shown', async () => {
  const path = `/pages/${idOf(3)}/source-version`;
  const both = {
    page: idOf(3),
    path: 'book/a',
    file: 'a.md',
    version: 4,
    here: aRevision('One\nours'),
    theirs: aRevision('One\ntheirs'),
  };
  const { portal, user } = open({
    [`GET /imports/${idOf(700)}`]: {
      body: anImport({}, { kept: [{ path: 'a.md', reason: 'Clash' }], sourceVersions: [{ path: 'a.md', page: idOf(3), title: 'A' }] }),
    },
    [`GET ${path}`]: { body: both },
    [`POST ${path}`]: { body: aPage({ path: 'book/a' }) },
  });
  await user.click(await screen.findByRole('button', { name: 'Compare a.md with the source' }));
  expect((await screen.findByRole('region', { name: 'In the source' })).querySelector('.only')?.textContent).toBe('theirs\n');
  await user.click(screen.getByRole('button', { name: 'Take the text of the source' }));
  expect(await screen.findByText(/was taken/)).toBeTruthy();
  expect(portal.last('POST', path)).toMatchObject({ body: { take: 'source' } });
  expect(portal.last('POST', path)?.headers.get('if-match')).toBe('"4"');
});

test('an engineer is not offered to archive what is gone: it asks the right of removing a source', async () => {
  open({
    'GET /me': { body: aMe({ roles: ['engineer'] }) },
    [`GET /imports/${idOf(700)}`]: { body: anImport({}, { waitingToArchive: ['old.md'] }) },
  });
  expect(await screen.findByText(/A manager or ops can archive them/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Archive them' })).toBeNull();
});

test('a running import is looked at until it is over', async () => {
  const { portal } = open({ [`GET /imports/${idOf(700)}`]: { body: anImport({ state: 'running', done: 148, endedAt: null }) } });
  expect((await screen.findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('148');
  portal.set(`GET /imports/${idOf(700)}`, { body: anImport() });
  expect(await screen.findByText(/Finished in/)).toBeTruthy();
});

test('an import that failed as a whole says why', async () => {
  open({ [`GET /imports/${idOf(700)}`]: { body: anImport({ state: 'failed', error: 'The zip is damaged.' }) } });
  expect((await screen.findByRole('alert')).textContent).toContain('The zip is damaged.');
});

test('when many pages are gone it asks; a yes sends the same zip once more', async () => {
  const asking = anImport({ id: idOf(701) }, { waitingToArchive: Array.from({ length: 61 }, (_, at) => `old/${at}.md`) });
  const { portal, user, address } = open(
    {
      'POST /imports': ({ query }) => ({ status: 202, body: query.get('archive') === 'true' ? anImport({ id: idOf(702) }) : asking }),
      [`GET /imports/${idOf(701)}`]: { body: asking },
      [`GET /imports/${idOf(702)}`]: { body: anImport({ id: idOf(702) }, { archived: 61 }) },
    },
    '/imports',
  );
  await user.upload(await screen.findByLabelText('Zip of the handbook'), new File(['zip'], 'playbook.zip', { type: 'application/zip' }));
  expect(screen.getByLabelText<HTMLInputElement>('Name of the source').value).toBe('playbook');
  await user.click(screen.getByRole('button', { name: 'Import' }));
  expect(await screen.findByText('61 pages are gone from the source.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Archive them' }));
  await waitFor(() => expect(address()).toBe(`/imports/${idOf(702)}`));
  expect(Object.fromEntries(portal.last('POST', '/imports')?.query ?? [])).toMatchObject({ source: 'handbook', archive: 'true' });
});

test('what was sent stays with who sent it: it is not there for the account that has signed in before the answer came', async () => {
  const asking = anImport({ id: idOf(703) }, { waitingToArchive: ['old.md'] });
  let answer: () => void = () => undefined;
  const slow = () => new Promise<{ status: number; body: unknown }>((resolve) => (answer = () => resolve({ status: 202, body: asking })));
  const first = open({ 'POST /imports': slow, [`GET /imports/${idOf(703)}`]: { body: asking } }, '/imports');
  await first.user.upload(await screen.findByLabelText('Zip of the handbook'), new File(['zip'], 'x.zip', { type: 'application/zip' }));
  await first.user.click(screen.getByRole('button', { name: 'Import' }));
  await waitFor(() => expect(first.portal.last('POST', '/imports')).toBeDefined());
  first.portal.set('GET /me', { body: aMe({ account: idOf(900), name: 'Noor Haddad' }) });
  await act(() => first.client.refetchQueries({ queryKey: ['gateway', 'me'] }));
  await screen.findByText('Noor Haddad is signed in here now');
  await act(async () => answer());
  expect(await screen.findByRole('link', { name: 'Import again and archive them' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Archive them' })).toBeNull();
});

test('a folder that is still packed when another signs in is not sent in that name', async () => {
  const { portal, user, client } = open({}, '/imports');
  let packed: () => void = () => undefined;
  const slow = () => new Promise<ArrayBuffer>((resolve) => (packed = () => resolve(new ArrayBuffer(3))));
  const file = fileAt('playbook/a.md', '# A', slow);
  await user.upload(await screen.findByLabelText('Folder of the handbook'), file);
  await user.click(screen.getByRole('button', { name: 'Import' }));
  portal.set('GET /me', { body: aMe({ account: idOf(900), name: 'Noor Haddad' }) });
  await act(() => client.refetchQueries({ queryKey: ['gateway', 'me'] }));
  await screen.findByText('Noor Haddad is signed in here now');
  await act(async () => packed());
  await screen.findByText('Somebody else has signed in in this browser: it was not done');
  expect(portal.last('POST', '/imports')).toBeUndefined();
});

test('nothing is sent without a folder or a zip', async () => {
  const { portal, user } = open({}, '/imports');
  await user.type(await screen.findByLabelText('Name of the source'), 'a/b');
  await user.click(screen.getByRole('button', { name: 'Import' }));
  const words = screen.getAllByRole('alert').map(({ textContent }) => textContent);
  expect(words).toEqual(['Choose a folder or a zip first', 'A name without / \\ ? or #']);
  expect(portal.last('POST', '/imports')).toBeUndefined();
});

test('a source without a name is asked for one, not told which signs a name may not have', async () => {
  const { user } = open({}, '/imports');
  await user.click(await screen.findByRole('button', { name: 'Import' }));
  expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual(['Choose a folder or a zip first', 'Name the source']);
});

test('what was typed for an import is back after a reload; one that begins after the screen was left leads nobody away', async () => {
  const first = open({}, '/imports');
  await first.user.type(await screen.findByLabelText('Name of the source'), 'playbook');
  first.unmount();
  let answer: () => void = () => undefined;
  const started = { 'POST /imports': () => new Promise((resolve) => (answer = () => resolve({ status: 202, body: anImport() }))) };
  const { user, address, portal } = open(started as Parameters<typeof open>[0], '/imports');
  expect((await screen.findByLabelText<HTMLInputElement>('Name of the source')).value).toBe('playbook');
  await user.upload(screen.getByLabelText('Zip of the handbook'), new File(['zip'], 'x.zip', { type: 'application/zip' }));
  await user.click(screen.getByRole('button', { name: 'Import' }));
  await waitFor(() => expect(portal.last('POST', '/imports')).toBeDefined());
  await user.click(screen.getByRole('link', { name: 'Handbook' }));
  answer();
  await screen.findByText('The import of playbook has begun');
  expect(address()).toBe('/p/');
  await user.click(screen.getByRole('button', { name: 'Look at it' }));
  expect(address()).toBe(`/imports/${idOf(700)}`);
});
