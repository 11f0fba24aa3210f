/** An entry of a navigation as its author wrote it. `path` is a file or folder of the source, null for a heading without one. */
export interface NavItem {
  title: string | null;
  path: string | null;
  items: NavItem[];
}

/** Levels and entries that are followed; what is beyond stands by its folder. */
export const deepest = 20;
export const mostItems = 20_000;
