/** Query keys of the handbook: everything of a page is refetched when content tells of a change. */
export const treeKey = ['content', 'tree'] as const;
export const pageKey = (path: string) => ['content', 'page', path] as const;
export const revisionsKey = (page: string) => ['content', 'revisions', page] as const;
