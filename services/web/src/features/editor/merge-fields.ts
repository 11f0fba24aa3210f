import { type Fields, type Single, single } from './draft.ts';
import { tagsOf } from './fields.ts';
import { mergeText, type Part } from './merge.ts';

export interface Merge {
  /** Everything that is settled; asked fields have the value of mine. */
  fields: Fields;
  asked: Single[];
  text: Part[];
}

/** Field by field: what one side changed is taken; lists keep what either added and lose what either removed. `base` without a text: it is not known. */
export function mergeFields(base: Omit<Fields, 'body'> & { body: string | null }, mine: Fields, theirs: Fields): Merge {
  const fields = { ...theirs, message: mine.message, newOwner: mine.newOwner };
  const asked: Single[] = [];
  const take = <K extends Single>(name: K) => {
    if (mine[name] === base[name] || mine[name] === theirs[name]) return;
    fields[name] = mine[name];
    if (theirs[name] !== base[name]) asked.push(name);
  };
  for (const name of single) take(name);
  fields.tags = mergeList(tagsOf(base.tags), tagsOf(mine.tags), tagsOf(theirs.tags), (tag) => tag).join(', ');
  fields.owners = mergeList(base.owners, mine.owners, theirs.owners, ({ type, id }) => `${type} ${id}`);
  const text = mergeText(base.body, mine.body, theirs.body);
  if (text.every(({ kind }) => kind === 'settled'))
    fields.body = text.flatMap((part) => (part.kind === 'settled' ? part.lines : [])).join('\n');
  return { fields, asked, text };
}

function mergeList<T>(base: readonly T[], mine: readonly T[], theirs: readonly T[], keyOf: (one: T) => string): T[] {
  const keys = (list: readonly T[]) => new Set(list.map(keyOf));
  const [old, left, right] = [keys(base), keys(mine), keys(theirs)];
  const kept = theirs.filter((one) => left.has(keyOf(one)) || !old.has(keyOf(one)));
  return [...kept, ...mine.filter((one) => !old.has(keyOf(one)) && !right.has(keyOf(one)))];
}
