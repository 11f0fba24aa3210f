import type { ImportReport } from '@sidekick/contracts';

/** Kinds that are told apart: their names come from the pages. */
const mostKinds = 1_000;
const others = 'more kinds, not named here';

/** Counts by kind what was written for another reader than this one. */
export interface Unknown {
  note(kind: string, page: string, count?: number): void;
  list(): ImportReport['unknown'];
}

export function unknownKinds(): Unknown {
  const kinds = new Map<string, { count: number; pages: Set<string> }>();
  return {
    note(given, page, count = 1) {
      const kind = kinds.has(given) || kinds.size < mostKinds ? given : others;
      const known = kinds.get(kind) ?? { count: 0, pages: new Set<string>() };
      known.count += count;
      known.pages.add(page);
      kinds.set(kind, known);
    },
    list: () =>
      [...kinds]
        .map(([kind, { count, pages }]) => ({ kind, count, pages: pages.size }))
        .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
  };
}
