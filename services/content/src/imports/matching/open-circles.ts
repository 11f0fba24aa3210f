import type { ImportedMeta, StoredPage } from '../../pages/page.ts';
import { mergeMeta } from './outcome.ts';

/** As much of a planned page as says where it will stand. */
interface Placed {
  id: string;
  path: string;
  meta: ImportedMeta;
  existing: StoredPage | null;
  page: { file: string };
}

export interface Opened<P> {
  pages: P[];
  /** Files whose parent was not taken, and why. */
  notTaken: { path: string; reason: string }[];
}

/** A page as it will stand. */
interface Standing {
  id: string;
  path: string;
  title: string;
  parent: string | null;
  planned: Placed | null;
}

/**
 * Pages that would stand below each other: parents that the source names meet each other, or one that was set here. A circle loses
 * the parent of its first page by path whose parent is the source's, as the tree would open it there; what was set here stays.
 */
export function openCircles<P extends Placed>(pages: readonly P[], stored: readonly StoredPage[]): Opened<P> {
  const standing = new Map(stored.map(({ doc }) => [doc._id, standingOf(doc, null)]));
  for (const page of pages) standing.set(page.id, comingOf(page));
  const opened = new Map<Placed, P>();
  const notTaken: Opened<P>['notTaken'] = [];
  /** Nothing above these is a circle that can still be opened. */
  const clear = new Set<string>();
  for (const { id } of pages) {
    for (let circle = circleAbove(id, standing, clear); circle !== null; circle = circleAbove(id, standing, clear)) {
      const [first] = circle.filter(isOfSource).sort((a, b) => (a.path < b.path ? -1 : 1));
      const planned = pages.find((page) => page.id === first?.id);
      if (!first || !planned) break;
      const without = withoutParent(planned);
      notTaken.push({ path: planned.page.file, reason: reasonOf(first, circle) });
      opened.set(planned, without);
      standing.set(first.id, comingOf(without));
    }
    for (const above of wayUp(id, standing, clear)) clear.add(above);
  }
  return { pages: pages.map((page) => opened.get(page) ?? page), notTaken };
}

const standingOf = (
  { _id, path, title, place }: Pick<StoredPage['doc'], '_id' | 'path' | 'title' | 'place'>,
  planned: Placed | null,
): Standing => ({ id: _id, path, title, parent: place.parent, planned });

const withoutParent = <P extends Placed>(planned: P): P => ({
  ...planned,
  meta: { ...planned.meta, place: { ...planned.meta.place, parent: null } },
});

const comingOf = (planned: Placed): Standing => {
  const { id, path, meta, existing } = planned;
  return standingOf({ ...(existing ? mergeMeta(existing.doc, meta) : meta), _id: id, path }, planned);
};

/** Whether the page would stand elsewhere without the parent that its file asks for. */
const isOfSource = ({ planned, parent }: Standing): boolean => {
  if (!planned || parent === null || planned.meta.place.parent !== parent) return false;
  return comingOf(withoutParent(planned)).parent !== parent;
};

/** The page and those above it, up to the first that was met before. */
function* wayUp(id: string, standing: ReadonlyMap<string, Standing>, clear: ReadonlySet<string>): Iterable<string> {
  const met = new Set<string>();
  for (let at: string | null = id; at !== null && !met.has(at) && !clear.has(at); at = standing.get(at)?.parent ?? null) {
    met.add(at);
    yield at;
  }
}

function circleAbove(id: string, standing: ReadonlyMap<string, Standing>, clear: ReadonlySet<string>): Standing[] | null {
  const way = [...wayUp(id, standing, clear)];
  const again = way.indexOf(standing.get(way.at(-1) ?? '')?.parent ?? '');
  return again < 0 ? null : way.slice(again).flatMap((at) => standing.get(at) ?? []);
}

/** From the page that lost its parent upwards. */
function reasonOf(first: Standing, circle: readonly Standing[]): string {
  const at = circle.indexOf(first);
  const [parent = first, ...between] = [...circle.slice(at + 1), ...circle.slice(0, at)];
  const by = between.length > 0 ? `, by way of ${between.map(({ title }) => `“${title}”`).join(', ')}` : '';
  return `Its parent was not taken: “${parent.title}” stands below “${first.title}” itself${by}`;
}
