import type { Page } from './page.ts';

/** Ids of the pages that link to a page, by its id, and of those that show an attachment, by its hash. */
export interface Backlinks {
  links: Map<string, string[]>;
  users: Map<string, string[]>;
}

/** What of a page decides it. */
export const usedBy = ({ links, files }: Page) => [links, files];

export function backlinksOf(all: readonly Page[], byPath: ReadonlyMap<string, string>): Backlinks {
  const users = new Map<string, string[]>();
  const links = new Map<string, string[]>();
  for (const doc of all) {
    for (const hash of doc.files) add(users, hash, doc._id);
    for (const link of doc.links) {
      const id = link.startsWith('/') ? byPath.get(link.slice(1)) : link;
      if (id && id !== doc._id) add(links, id, doc._id);
    }
  }
  return { links, users };
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
