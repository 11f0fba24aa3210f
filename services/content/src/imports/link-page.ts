import type { Addresses } from './addresses.ts';

/** A page as links see it. Paths of files and folders are those of the source; `path` is the page's own. */
export interface LinkPage extends Addresses {
  id: string;
  file: string;
  path: string;
  title: string;
  /** Whether a site that says nothing else gives it a folder of its own, from which relative links lead. */
  pretty: boolean;
}
