/** Query keys of the handbook: everything of a page is refetched when content tells of a change. */
export const treeKey = (at: string) => ['content', 'tree', 'at', at] as const;
export const belowKey = (node: string, from: number) => ['content', 'tree', 'below', node, from] as const;
export const pageKey = (path: string) => ['content', 'page', path] as const;
export const revisionsKey = (page: string) => ['content', 'revisions', page] as const;
