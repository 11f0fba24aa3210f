/** Callouts by name, with the title shown; `highlight` has none. GitHub's five and those that just-the-docs sites use. */
const own = new Map([
  ['note', 'Note'],
  ['tip', 'Tip'],
  ['important', 'Important'],
  ['warning', 'Warning'],
  ['caution', 'Caution'],
  ['danger', 'Danger'],
  ['info', 'Info'],
  ['new', 'New'],
  ['highlight', ''],
]);
/** Names that Obsidian, MkDocs, VitePress, Docusaurus and GitBook have beside these, by the one they look like. */
const alike = new Map(
  Object.entries({
    info: 'question help faq example seealso',
    note: 'abstract summary tldr quote cite todo secondary details',
    tip: 'hint success check done',
    warning: 'attention',
    danger: 'error failure fail missing bug',
  }).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const)),
);

export interface Kind {
  kind: string;
  title: string;
}

/** Of the names that have a class of just-the-docs. */
export const ownKind = (name: string): Kind | undefined => {
  const title = own.get(name);
  return title === undefined ? undefined : { kind: name, title };
};

/** What a name in any of the dialects stands for; undefined for one that none of them has. */
export function kindOf(written: string): Kind | undefined {
  const name = written.toLowerCase();
  const like = alike.get(name);
  return like === undefined ? ownKind(name) : { kind: like, title: name.charAt(0).toUpperCase() + name.slice(1) };
}
