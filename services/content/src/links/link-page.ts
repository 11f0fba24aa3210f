/** Where the source's own site serves a page: paths of the files that a build makes, as `guide/index.html`. */
export interface Addresses {
  /** Null where only the file's path tells. */
  address: string | null;
  /** Others that lead there too. */
  also: string[];
}

/** The path of an output as people write it. */
export const addressOfOutput = (output: string): string => output.replace(/(?:^|\/)index\.html?$|\.html?$/i, '');

/** A page as links see it. Paths of files and folders are those of the source; `path` is the page's own. */
export interface LinkPage extends Addresses {
  id: string;
  file: string;
  path: string;
  title: string;
  /** Whether a site that says nothing else gives it a folder of its own, from which relative links lead. */
  pretty: boolean;
}
