import type { PageView, TreeAnswer, TreeNodeView } from '@sidekick/contracts';
import { escapeHtml } from './template.ts';

/** Address of a page in the web UI. */
export const pageUrl = (path: string): string => `/p/${path.split('/').map(encodeURIComponent).join('/')}`;

const link = ({ path, title }: { path: string; title: string }): string => `<a href="${pageUrl(path)}">${escapeHtml(title)}</a>`;

/** A level as far as it was sent: of a long one the nodes around the way, and how many there are besides. */
function listHtml(nodes: readonly TreeNodeView[], total = nodes.length, isFlat = false): string {
  if (nodes.length === 0) return '';
  const below = (node: TreeNodeView) => (isFlat ? '' : listHtml(node.children, node.total));
  const rest = total > nodes.length ? `<li>and ${total - nodes.length} more</li>` : '';
  return `<ul>${nodes.map((node) => `<li>${link(node)}${below(node)}</li>`).join('')}${rest}</ul>`;
}

/** The tree with the page marked as current. */
function navHtml({ items, total }: TreeAnswer, path: string): string {
  const href = `<a href="${pageUrl(path)}">`;
  return listHtml(items, total).replace(href, () => href.replace('<a ', '<a aria-current="page" '));
}

export function findNode(nodes: readonly TreeNodeView[], path: string): TreeNodeView | null {
  for (const node of nodes) {
    const found = node.path === path ? node : findNode(node.children, path);
    if (found) return found;
  }
  return null;
}

const doc = (nav: string, article: string): string =>
  `<div class="doc"><nav class="tree" aria-label="Handbook">${nav}</nav><main class="art">${article}</main></div>`;

const crumbs = (trail: readonly { path: string; title: string }[]): string =>
  trail.length === 0
    ? ''
    : `<nav class="crumbs" aria-label="Breadcrumb"><ol>${trail.map((crumb) => `<li>${link(crumb)}</li>`).join('')}</ol></nav>`;

/** A page as it is shown before the app takes over. `html` is sanitised by content. */
export function pageHtml(page: PageView, tree: TreeAnswer): string {
  const above = page.breadcrumb.filter(({ id }) => id !== page.id);
  const head = `${crumbs(above)}<div class="arth"><h1>${escapeHtml(page.title)}</h1></div>`;
  const turn = [page.previous, page.next]
    .filter((crumb) => crumb !== null)
    .map(link)
    .join(' ');
  const article = `${head}<div class="prose"><div class="html">${page.html}</div></div>${turn ? `<nav class="turn" aria-label="Previous and next">${turn}</nav>` : ''}`;
  return doc(navHtml(tree, page.path), article);
}

/** A folder without a page of its own: the list of what is in it. */
export function folderHtml(node: TreeNodeView, tree: TreeAnswer): string {
  const article = `<div class="arth"><h1>${escapeHtml(node.title)}</h1></div><div class="prose">${listHtml(node.children, node.total, true)}</div>`;
  return doc(navHtml(tree, node.path), article);
}

/** What everybody who is not signed in gets for anything that is not a public page, whether it exists or not. */
export const signInHtml = (next: string): string => `<main class="gate"><h1>Nothing here for you to see</h1>
<p>There is no public page at this address. If you belong to this group, sign in.</p>
<form method="post" action="/sign-in">
<input type="hidden" name="next" value="${escapeHtml(next)}">
<label>E-mail <input type="email" name="email" autocomplete="username" required></label>
<label>Password <input type="password" name="password" autocomplete="current-password" required></label>
<button type="submit">Sign in</button>
</form></main>`;

export const missingHtml = (tree: TreeAnswer, path: string): string =>
  doc(
    navHtml(tree, path),
    '<div class="arth"><h1>There is no page here</h1></div><p>It may have been removed, or the address is mistyped.</p>',
  );
