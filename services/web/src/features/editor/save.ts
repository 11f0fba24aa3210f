import { type PageChange, PageConflict, PageMoved, PageView, RevisionView } from '@sidekick/contracts';
import type { z } from 'zod';
import { ApiProblem, ask, beforeSending, bodyOf } from '../../api/ask.ts';
import type { usePatchPage } from '../handbook/index.ts';
import type { Base, Draft, Fields } from './draft.ts';
import { fieldsOf, patchOf, tagsOf, unix } from './fields.ts';
import { type Merge, mergeFields } from './merge-fields.ts';

/** Two edits that cannot be settled by themselves: what is stored now is the base of what is made of them. */
export interface Lost {
  merge: Merge;
  mine: Fields;
  theirs: Fields;
  base: Base;
  since: PageChange[];
}

/** Saved, but for its place: the page stays where it stood, and `stored` is all of it as it is now. */
export interface PutBack {
  problem: ApiProblem;
  stored: Fields;
  base: Base;
}

export type Saved =
  /** `since`: what others changed meanwhile, merged in. */
  { did: 'saved'; title: string; path: string; since: PageChange[] } | { did: 'asks'; lost: Lost } | { did: 'put-back'; back: PutBack };

interface Saving {
  /** As it was loaded, with its text. */
  page: PageView;
  body: string;
  patchPage: ReturnType<typeof usePatchPage>;
  /** Throws once another account has signed in. */
  onlyMe: () => void;
  /** Pages below the old address follow a new one. */
  along: boolean;
  /** What was sent before and may be stored by now, though no answer told so. */
  sent: Fields | null;
  /** Told once the page has its new address, whatever becomes of the rest. */
  moved: (answer: PageMoved) => void;
}

/** How often a save is merged with what came before it and sent again. */
const most = 4;

/**
 * Sends what the draft changed. What others saved since its base is merged with it; what both changed differently is asked.
 * The address comes first: one that is taken is refused before readers see anything of the rest. Safe to repeat.
 */
export async function savePage(
  { page, body, patchPage, onlyMe, along, sent, moved }: Saving,
  { fields, base }: Draft & { base: Base },
): Promise<Saved> {
  let [mine, from] = [fields, base];
  const since: PageChange[] = [];
  const began = from.revision === page.revision ? unix(body) : await beforeSending(textOf(from));
  let before: Fields = { ...from.fields, body: began ?? '' };
  // Also where the address is there already: a move that was cut short has left pages behind.
  let moves = along && fields.path !== base.fields.path;
  for (let tries = 0; ; tries++) {
    try {
      if (moves) {
        onlyMe();
        const answer = await move(page.id, from.version, { path: mine.path, from: base.fields.path });
        moves = false;
        from = { ...from, version: answer.version };
        before = { ...before, path: answer.path };
        moved(answer);
      }
      const patch = patchOf(before, mine, page.place.exclude);
      // A draft without a base to compare with sends all of its text.
      const asked = began === null && tries === 0 ? { ...patch, body: mine.body } : patch;
      const saved = Object.keys(asked).length > 0 ? await patchPage({ id: page.id, version: from.version }, asked) : null;
      return { did: 'saved', title: mine.title.trim(), path: saved?.path ?? mine.path, since };
    } catch (failure) {
      const told = toldOf(failure, tries);
      const now = told && (await storedNow(told, page.id));
      if (!now) throw failure;
      const theirs = fieldsOf(now.page, now.revision.body);
      const { body: _body, ...meta } = theirs;
      const next = { version: now.version, revision: now.revision.id, fields: meta };
      if (told.status === 409) return { did: 'put-back', back: { problem: told, stored: theirs, base: next } };
      const isOwn = sent !== null && isSaved(sent, theirs);
      if (!isOwn) since.push(...foreign(now.since, mine, theirs));
      const old = isOwn ? theirs : tries === 0 ? { ...from.fields, body: began } : before;
      const merge = mergeFields(old, mine, theirs);
      if (merge.asked.length > 0 || merge.text.some(({ kind }) => kind === 'asked'))
        return { did: 'asks', lost: { merge, mine, theirs, base: next, since } };
      [mine, from, before] = [merge.fields, next, theirs];
    }
  }
}

/** A failure that what is stored now settles: a lost race, or a place that others left none of; null for another. */
function toldOf(failure: unknown, tries: number): ApiProblem | null {
  if (!(failure instanceof ApiProblem)) return null;
  const isPutBack = failure.status === 409 && failure.code === 'parent-below-itself';
  return isPutBack || (failure.status === 412 && tries < most) ? failure : null;
}

/** Whether these fields are what is stored. */
const isSaved = (fields: Fields, stored: Fields): boolean => Object.keys(patchOf(stored, { ...fields, message: '' })).length === 0;

const parts: Partial<Record<PageChange['fields'][number], (fields: Fields) => unknown>> = {
  text: ({ body }) => body,
  title: ({ title }) => title.trim(),
  path: ({ path }) => path,
  place: ({ parent, order }) => [parent, order.trim()],
  visibility: ({ visibility }) => visibility,
  owners: ({ owners }) => owners,
  tags: ({ tags }) => tagsOf(tags),
  review: ({ review }) => review.trim(),
};

/** Without what is as it is wanted here: made alike by others, or by an own save whose answer was lost. */
function foreign(since: PageChange[], mine: Fields, theirs: Fields): PageChange[] {
  const differs = (name: PageChange['fields'][number]) => {
    const part = parts[name];
    return !part || JSON.stringify(part(mine)) !== JSON.stringify(part(theirs));
  };
  return since.map((change) => ({ ...change, fields: change.fields.filter(differs) })).filter(({ fields }) => fields.length > 0);
}

const move = (id: string, version: number, to: { path: string; from: string }): Promise<PageMoved> =>
  ask(PageMoved, `/pages/${id}/move`, { method: 'POST', version, body: bodyOf('movePage', to) });

/** The text that an edit began from; null when it is gone. */
async function textOf({ revision }: Base): Promise<string | null> {
  try {
    return unix((await ask(RevisionView, `/revisions/${revision}`)).body);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

type Now = z.infer<typeof PageConflict>['current'];

/** What is stored now, from the answer to the lost race or, without it there, asked for. */
async function storedNow(problem: ApiProblem, id: string): Promise<Now | null> {
  const told = PageConflict.safeParse(problem.problem);
  if (told.success) return told.data.current;
  try {
    const page = await ask(PageView, `/pages/${id}`);
    return { version: page.version, revision: await ask(RevisionView, `/revisions/${page.revision}`), page, since: [] };
  } catch {
    return null;
  }
}

const words: Record<PageChange['fields'][number], string> = {
  text: 'the text',
  title: 'the title',
  path: 'the address',
  place: 'the place in the tree',
  status: 'whether it is archived',
  visibility: 'who may read it',
  owners: 'the owners',
  tags: 'the tags',
  review: 'the review',
};

/** `Noor Haddad changed the tags and the address`, person by person. */
export function sayChanges(since: readonly PageChange[]): string {
  const byPerson = new Map<string, Set<string>>();
  for (const { by, fields } of since) {
    const known = byPerson.get(by) ?? new Set();
    for (const field of fields) known.add(words[field]);
    byPerson.set(by, known);
  }
  return [...byPerson].map(([by, what]) => `${by} changed ${sayList([...what])}`).join('; ');
}

const sayList = (items: string[]): string => new Intl.ListFormat('en-GB').format(items);
