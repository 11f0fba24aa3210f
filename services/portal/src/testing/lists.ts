import type { Caller, Reply } from './caller.ts';

/** Everything there is of a kind, page after page. */
export async function all(caller: Caller, path: string): Promise<Reply['body'][]> {
  const items: Reply['body'][] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const more: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await caller.api('get', `${path}${path.includes('?') ? '&' : '?'}limit=200${more}`);
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    items.push(...body.items);
    cursor = body.nextCursor;
  }
  return items;
}
