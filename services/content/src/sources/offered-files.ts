import type { Pages } from '../pages/pages.ts';
import { usesOf } from '../revisions/revise.ts';
import type { Revisions } from '../revisions/revisions.ts';
import type { Sources } from './sources.ts';

type Offering = Pick<Pages & Revisions & Sources, 'replica' | 'sourceVersions' | 'revisions'>;

/**
 * Content for who removes files: there a page also uses what the source's text of it shows, as long as somebody may still take
 * that text. A choice may wait for months.
 */
export function withOfferedFiles<T extends Offering>(content: T): T {
  const { replica, sourceVersions, revisions } = content;
  /** Files by revision, which never changes, and pages by the file that they are offered with. */
  let filesOf = new Map<string, readonly string[]>();
  let pagesBy = new Map<string, Set<string>>();

  async function look(): Promise<void> {
    const [files, pages] = [new Map<string, readonly string[]>(), new Map<string, Set<string>>()];
    for await (const { doc } of sourceVersions.scan()) {
      if (!doc) continue;
      const hashes = filesOf.get(doc.revision) ?? usesOf((await revisions.get(doc.revision))?.doc.links ?? []).files;
      files.set(doc.revision, hashes);
      for (const hash of hashes) pages.set(hash, (pages.get(hash) ?? new Set()).add(doc.page));
    }
    [filesOf, pagesBy] = [files, pages];
  }
  return {
    ...content,
    replica: {
      ...replica,
      async refresh() {
        await replica.refresh();
        await look();
      },
      usersOf: (hash) => [
        ...new Set([...replica.usersOf(hash), ...[...(pagesBy.get(hash) ?? [])].flatMap((page) => replica.get(page) ?? [])]),
      ],
    },
  };
}
