import { ulid } from 'ulid';
import { type Answer, type Client, listed, type Request } from './client.ts';
import { inLanes, type Write, type Writer } from './writer.ts';

interface Page {
  id: string;
  /** 0 until it is acknowledged. */
  version: number;
  /** Number in its newest acknowledged text. */
  stand: number;
  /** Every number that was acknowledged. */
  stands: number[];
  gone: boolean;
  /** Whether a write of it has no answer yet. */
  busy: boolean;
}

/** At this many pages, creations give way to edits: what is measured is writes, not a handbook that grows. */
const most = 400;

/** Creates (create-PUT with an id made here), edits (If-Match) and deletes pages below `load/<word>`. */
export function pageWriter(word: string, random: () => number): Writer {
  const pages: Page[] = [];
  let count = 0;
  const free = () => pages.filter((page) => !page.busy && !page.gone);
  const oneOf = (items: Page[]): Page | undefined => items[Math.floor(random() * items.length)];
  const titleOf = ({ id }: Page) => `${word} page ${id.slice(-6)}`;
  const bodyOf = (stand: number) => `This text of ${word} has stand ${stand}.\n`;
  const done = (page: Page, stand: number, version: number): true => {
    Object.assign(page, { stand, version, busy: false });
    page.stands.push(stand);
    return true;
  };
  const mine = (page: Page, stand: number, answer: Answer, ...statuses: number[]) =>
    statuses.includes(answer.status) && answer.body?.id === page.id && done(page, stand, answer.body.version);

  const create = (): Write => {
    const page: Page = { id: ulid(), version: 0, stand: 0, stands: [], gone: false, busy: true };
    pages.push(page);
    const stand = ++count;
    const body = { path: `load/${word}/${page.id.toLowerCase()}`, title: titleOf(page), body: bodyOf(stand) };
    return {
      name: 'create a page',
      request: { method: 'PUT', path: `/pages/${page.id}`, headers: { 'if-none-match': '*' }, body },
      acknowledge: (answer) => mine(page, stand, answer, 201, 200),
      hadHappened: async ({ status }) => (status === 200 ? true : status === 201 ? false : null),
    };
  };
  const edit = (page: Page): Write => {
    page.busy = true;
    const stand = ++count;
    const message = `stand ${stand}`;
    const headers = { 'if-match': `"${page.version}"` };
    /** A second attempt is refused as stale when the first succeeded: nobody else writes this page. */
    const wasMine = (answer: Answer) => answer.status === 412 && answer.body?.current?.revision?.message === message;
    return {
      name: 'edit a page',
      request: { method: 'PATCH', path: `/pages/${page.id}`, headers, body: { body: bodyOf(stand), message } },
      acknowledge: (answer) => (wasMine(answer) ? done(page, stand, answer.body.current.version) : mine(page, stand, answer, 200)),
      hadHappened: async (answer) => (wasMine(answer) ? true : answer.status === 200 ? false : null),
    };
  };
  const remove = (page: Page): Write => {
    page.busy = true;
    const ended = (answer: Answer) => answer.status === 204 || saysNoPage(answer);
    return {
      name: 'delete a page',
      request: { method: 'DELETE', path: `/pages/${page.id}`, headers: { 'if-match': `"${page.version}"` } },
      acknowledge(answer) {
        if (!ended(answer)) return false;
        Object.assign(page, { gone: true, busy: false });
        return true;
      },
      hadHappened: async (answer) => (ended(answer) ? answer.status === 404 : null),
    };
  };
  return {
    next() {
      const page = oneOf(free());
      const chance = random();
      if (!page && pages.length >= 2 * most) return null;
      if (!page || chance < (pages.length < most ? 0.3 : 0.04)) return create();
      return chance < 0.96 ? edit(page) : remove(page);
    },
    read() {
      const page = oneOf(free());
      if (!page) return null;
      const { version } = page;
      const request: Request = { method: 'GET', path: `/pages/${page.id}` };
      return {
        name: 'read a page',
        request,
        judge(answer) {
          const { status, body } = answer;
          if (saysNoPage(answer)) return page.gone || page.busy ? 'good' : 'wrong';
          if (status !== 200 || body?.id !== page.id) return 'wrong';
          return body.version < version ? 'old' : 'good';
        },
      };
    },
    async wrong(client) {
      const wrong: string[] = [];
      await inLanes(
        pages.filter(({ version }) => version > 0),
        8,
        async (page) => void wrong.push(...(await wrongWith(client, page))),
      );
      return wrong;
    },
    findable: () => pages.filter(({ version, gone }) => version > 0 && !gone).map((page) => `${titleOf(page)}: stand ${page.stand}`),
  };
}

/** A 404 of ours: whatever else answers at this address knows nothing of pages. */
const saysNoPage = ({ status, body }: Answer): boolean => status === 404 && /:no-page$/.test(body?.type ?? '');

async function wrongWith(client: Client, { id, version, stand, stands, gone }: Page): Promise<string[]> {
  const { status, body } = await client.send({ method: 'GET', path: `/pages/${id}` });
  if (status >= 500) throw new Error(`GET /pages/${id}: ${status}`);
  if (gone) return status === 404 ? [] : [`page ${id} is back after its deletion (${status})`];
  if (status !== 200) return [`page ${id} is lost (${status})`];
  const wrong = [];
  if (body.version !== version || !String(body.html).includes(`has stand ${stand}.`))
    wrong.push(`page ${id} has version ${body.version} instead of ${version} with stand ${stand}`);
  const kept = new Set((await listed(client, `/pages/${id}/revisions`)).map(({ message }) => message));
  const lost = stands.slice(1).filter((each) => !kept.has(`stand ${each}`));
  if (lost.length > 0) wrong.push(`page ${id} lost the revisions of stand ${lost.join(', ')}`);
  return wrong;
}
