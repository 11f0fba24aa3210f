import { beforeAll, describe, expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { strFromU8, unzipSync } from 'fflate';
import { aMe, anImport } from '../../testing/builders.ts';
import { fakePortal, idOf } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { ImportScreen } from './import-screen.tsx';
import { ImportsScreen } from './imports-screen.tsx';
import { pack, uploadOfFolder } from './pack.ts';

const routes = [
  { path: '/imports', element: <ImportsScreen /> },
  { path: '/imports/:id', element: <ImportScreen /> },
];
const open = (handlers: Parameters<typeof fakePortal>[0], at = `/imports/${idOf(700)}`) => {
  const portal = fakePortal({
    'GET /me': { body: aMe() },
    'GET /imports': { body: { items: [], nextCursor: null } },
    'GET /sources': { body: { items: [{ key: 'handbook', into: 'handbook', pages: 228, lastImportAt: null }], nextCursor: null } },
    ...handlers,
  });
  return { portal, ...renderRoutes(routes, at) };
};
const fileAt = (path: string, text: string): File => {
  const file = new File([text], path.split('/').at(-1) ?? '', { type: 'text/markdown' });
  Object.defineProperty(file, 'webkitRelativePath', { value: path });
  Object.defineProperty(file, 'arrayBuffer', { value: async () => new TextEncoder().encode(text).buffer });
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
      fileAt('playbook/node_modules/x/readme.md', 'no'),
    ]);
    expect(upload.name).toBe('playbook');
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

  test('holds the folder without its own name, and neither hidden files nor packages', () => {
    expect(Object.keys(entries).sort()).toEqual(['_config.yml', 'img/a.png', 'index.md']);
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
