/** A folder of a Jekyll site that begins with `_` and holds pages nevertheless. */
export interface Collection {
  /** Its path in the source, as `_docs`. */
  folder: string;
  /** What the site calls it, as `docs`. */
  name: string;
  /** Template of its pages' addresses, where the site sets one. */
  permalink: string | null;
}

export const collectionOf = <T extends Pick<Collection, 'folder'>>(path: string, collections: readonly T[]): T | undefined =>
  collections.find(({ folder }) => path.startsWith(`${folder}/`));
