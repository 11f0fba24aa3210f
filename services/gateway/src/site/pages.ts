import { PageView, TreeAnswer, type TreeNodeView } from '@sidekick/contracts';
import type { Forward } from '../forward/forward.ts';
import { findNode, folderHtml, missingHtml, pageHtml, pageUrl, signInHtml } from './page-html.ts';
import type { Fill } from './template.ts';

export type PageAnswer = { status: 200 | 404 | 503; fill: Omit<Fill, 'nonce'> } | { status: 301; location: string };

export interface Asker {
  /** Null for nobody. */
  signed: string | null;
  requestId: string;
}

/** What `GET /p/<path>` answers: the page with its tree as this reader may see them, asked of content. */
export function pageReader(forward: Forward) {
  const readTree = async (path: string, asker: Asker): Promise<{ tree: TreeAnswer; json: string }> => {
    const { status, body: json } = await forward.ask('content', { path: `/tree?at=${encodeURIComponent(path)}`, ...asker });
    if (status !== 200) throw new Error(`content answered ${status} for the tree`);
    return { tree: TreeAnswer.parse(JSON.parse(json)), json };
  };
  return async (path: string, asker: Asker): Promise<PageAnswer> => {
    const found = forward.ask('content', { path: `/pages/find?path=${encodeURIComponent(path)}`, ...asker });
    const [{ status, body }, { tree, json }] = await Promise.all([found, readTree(path, asker)]);
    const data = (page: string) => `{"path":${JSON.stringify(path)},"page":${page},"tree":${json}}`;
    if (status === 200) {
      const page = PageView.parse(JSON.parse(body));
      if (page.path !== path) return { status: 301, location: pageUrl(page.path) };
      return { status: 200, fill: { title: `${page.title} · Sidekick`, app: pageHtml(page, tree), data: data(body) } };
    }
    if (status !== 404 && status !== 400) throw new Error(`content answered ${status} for a page`);
    const folder = path === '' ? front(tree, asker) : findNode(tree.items, path);
    if (folder) return { status: 200, fill: { title: `${folder.title} · Sidekick`, app: folderHtml(folder, tree), data: data('null') } };
    if (!asker.signed) return { status: 404, fill: { title: 'Sign in · Sidekick', app: signInHtml(pageUrl(path)), data: '' } };
    return { status: 404, fill: { title: 'Not found · Sidekick', app: missingHtml(tree, path), data: data('null') } };
  };
}

/** Without a front page of its own the handbook lists what is in it; to nobody it shows nothing when nothing is public. */
function front({ items, total }: TreeAnswer, { signed }: Asker): TreeNodeView | null {
  return signed || items.length > 0 ? { id: null, path: '', title: 'Handbook', children: items, total } : null;
}
