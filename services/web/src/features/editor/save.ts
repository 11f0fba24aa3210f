import { type PageChange, PageConflict, PageMoved, PageView, RevisionView } from '@sidekick/contracts';
import type { z } from 'zod';
import { ApiProblem, ask } from '../../app/api.ts';
import type { usePatchPage } from '../handbook/changes.ts';
import type { Base, Draft, Fields } from './draft.ts';
import { fieldsOf, patchOf, unix } from './fields.ts';
import { type Merge, mergeFields } from './merge-fields.ts';

/** Two edits that cannot be settled by themselves: what is stored now is the base of what is made of them. */
export interface Lost {
  merge: Merge;
  mine: Fields;
  theirs: Fields;
  base: Base;
  since: PageChange[];
}

export type Saved =
  /** `since`: what others changed meanwhile, merged in. */
  { did: 'saved'; title: string; path: string; since: PageChange[]; left: PageMoved['left'] } | { did: 'asks'; lost: Lost };

interface Saving {
  /** As it was loaded, with its text. */
  page: PageView;
  body: string;
  patchPage: ReturnType<typeof usePatchPage>;
  /** Pages below the old address follow a new one. */
  along: boolean;
}

/** How often a save is merged with what came before it and sent again. */
const MOST = 4;

/** Sends what the draft changed. What others saved since its base is merged with it; what both changed differently is asked. */
export async function savePage({ page, body, patchPage, along }: Saving, { fields, base }: Draft & { base: Base }): Promise<Saved> {
  let [mine, from] = [fields, base];
  const since: PageChange[] = [];
  const began = from.revision === page.revision ? unix(body) : await textOf(from);
  let before: Fields = { ...from.fields, body: began ?? '' };
  for (let tries = 0; ; tries++) {
    try {
      const { path, ...patch } = patchOf(before, mine, page.place.exclude);
      const moves = path !== undefined && along;
      const whole = path === undefined || moves ? patch : { ...patch, path };
      // A draft without a base to compare with sends all of its text.
      const asked = began === null && tries === 0 ? { ...whole, body: mine.body } : whole;
      const changed = Object.keys(asked).length > 0;
      const saved = changed ? await patchPage({ id: page.id, version: from.version }, asked) : null;
      const version = saved?.version ?? from.version;
      const moved = moves ? await move(page.id, version, { path, from: before.path }) : null;
      return { did: 'saved', title: mine.title.trim(), path: moved?.path ?? saved?.path ?? mine.path, since, left: moved?.left ?? [] };
    } catch (failure) {
      const now = failure instanceof ApiProblem && failure.status === 412 && tries < MOST ? await storedNow(failure, page.id) : null;
      if (!now) throw failure;
      const theirs = fieldsOf(now.page, now.revision.body);
      const { body: _body, ...meta } = theirs;
      const next = { version: now.version, revision: now.revision.id, fields: meta };
      since.push(...now.since);
      const merge = mergeFields(tries === 0 ? { ...from.fields, body: began } : before, mine, theirs);
      if (merge.asked.length > 0 || merge.text.some(({ kind }) => kind === 'asked'))
        return { did: 'asks', lost: { merge, mine, theirs, base: next, since } };
      [mine, from, before] = [merge.fields, next, theirs];
    }
  }
}

const move = (id: string, version: number, body: { path: string; from: string }): Promise<PageMoved> =>
  ask(PageMoved, `/pages/${id}/move`, { method: 'POST', version, body });

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
