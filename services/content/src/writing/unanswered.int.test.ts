import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { AnswerLost, StoreUnavailable } from '@sidekick/store';
import { pages } from '../pages/page.ts';
import { revisions } from '../revisions/revision.ts';
import { kitForAll, pagesById } from '../testing/pages.test.helper.ts';

const kit = kitForAll();
const { aPage, read, patch } = pagesById(kit);
afterEach(() => void jest.restoreAllMocks());

const gone = () => new StoreUnavailable('away');
const code = ({ status, body }: { status: number; body: { type?: string } }) => [status, body.type?.split(':').at(-1)];
const allPages = () => kit.store.collection(pages);
/** As stored. */
async function textOf(id: string) {
  const page = (await allPages().get(id))?.doc;
  return [page?.title, (await kit.store.collection(revisions).get(page?.revision ?? ''))?.doc.body];
}
/** From the next replaced page on nothing is stored any more. */
function awayAfter(error: () => Error): void {
  const all = allPages();
  const { replace } = all;
  jest.spyOn(all, 'replace').mockImplementationOnce(async (...given) => {
    const stored = await replace(...given);
    jest.spyOn(all, 'writeMany').mockRejectedValue(error());
    jest.spyOn(all, 'get').mockRejectedValue(error());
    return stored;
  });
}

describe('a save', () => {
  test('that the store did not take is told as that, and nothing of it is there', async () => {
    const page = await aPage();
    jest.spyOn(kit.store.collection(revisions), 'insert').mockRejectedValueOnce(gone());
    const answer = await patch(page, { body: 'Lost' });
    expect([code(answer), answer.headers.get('retry-after')]).toEqual([[503, 'store-unavailable'], '2']);
    expect((await read(page.id)).body).toMatchObject({ version: 1, revision: page.revision });
  });

  test('that the store took and did not answer is not told as lost, and its text is there', async () => {
    const page = await aPage();
    const all = allPages();
    const { replace } = all;
    jest.spyOn(all, 'replace').mockImplementationOnce(async (...given) => {
      await replace(...given);
      throw new AnswerLost('late');
    });
    const answer = await patch(page, { body: 'Perhaps' });
    expect([code(answer), answer.headers.get('retry-after')]).toEqual([[503, 'answer-lost'], '2']);
    expect(answer.body.title).toContain('look before you send it again');
    expect(await textOf(page.id)).toEqual([page.title, 'Perhaps']);
  });

  test('whose first try came through unheard, so that the second found its version taken, is saved', async () => {
    const page = await aPage();
    const all = allPages();
    const { replace } = all;
    jest.spyOn(all, 'replace').mockImplementationOnce(async (...given) => {
      await replace(...given);
      return replace(...given);
    });
    expect((await patch(page, { body: 'Twice' })).status).toBe(200);
    expect(await textOf(page.id)).toEqual([page.title, 'Twice']);
  });

  test('that makes a page, and whose first try came through unheard, is saved too', async () => {
    const all = allPages();
    const { insert } = all;
    jest.spyOn(all, 'insert').mockImplementationOnce(async (...given) => {
      await insert(...given);
      return insert(...given);
    });
    const page = await aPage({ body: 'Made' });
    expect(await textOf(page.id)).toEqual([page.title, 'Made']);
  });

  test.each([
    [503, gone],
    [500, () => new TypeError('a fault')],
  ])('after whose page the store went is not told as lost, and its text stays: %s', async (status, error) => {
    const above = await aPage();
    await aPage({ place: { parent: above.id, order: null, exclude: false } });
    awayAfter(error);
    expect(code(await patch(above, { title: `Other ${status}`, body: 'Kept' }))).toEqual([status, 'answer-lost']);
    jest.restoreAllMocks();
    expect(await textOf(above.id)).toEqual([`Other ${status}`, 'Kept']);
  });

  test('that could not look for a circle after it is not told as lost', async () => {
    const [above, page] = [await aPage(), await aPage()];
    awayAfter(gone);
    const put = { place: { parent: above.id, order: null, exclude: false } };
    expect(code(await patch(page, put))).toEqual([503, 'answer-lost']);
    jest.restoreAllMocks();
    expect((await read(page.id)).body.place.parent).toBe(above.id);
  });
});
