import { type EnvelopeParts, envelope } from '@sidekick/bus';
import type { Envelope, PageState } from '@sidekick/contracts';
import type { Page } from '../pages/page.ts';
import type { PagesReplica } from '../pages/pages-replica.ts';
import { isTitle, type Revision } from '../revisions/revision.ts';

/** What this event may say of a page: its published state, or that there is none. Drafts and archived pages never leave. */
export function stateOf(page: Page, revision: Pick<Revision, 'lead' | 'sections'>): PageState | null {
  if (page.status !== 'published') return null;
  const { path, title, visibility, owners, tags, trail, searchExclude, changedAt } = page;
  return {
    path,
    title,
    visibility,
    owners,
    tags,
    trail,
    searchExclude,
    revision: page.revision,
    changedAt,
    sections: sections(revision, title),
  };
}

/** The first section is the page under its title; an opening heading that says something else starts the second. */
function sections({ lead, sections }: Pick<Revision, 'lead' | 'sections'>, title: string): PageState['sections'] {
  const [first, ...rest] = sections;
  const intro = { anchor: '', heading: title, level: 1, text: first?.text ?? '', code: first?.code ?? '' };
  if (!lead || isTitle(lead, title)) return [intro, ...rest];
  return [{ ...intro, text: '', code: '' }, { ...intro, anchor: lead.id, heading: lead.text }, ...rest];
}

/** Titles above a page, of those pages alone that everybody who sees this one sees too. */
export const trailOf = (page: Page, replica: Pick<PagesReplica, 'tree'>): string[] =>
  replica
    .tree(page.visibility)
    .above(page._id)
    .filter(({ id }) => id !== null)
    .map(({ title }) => title);

type Parts = EnvelopeParts<'content.page.changed.v1'>;

interface Told extends Pick<Parts, 'origin'> {
  id: string;
  epoch: string;
  reason: string;
  deleted?: boolean;
  state: PageState | null;
  at: Date;
}

/** The event of a write, made when the version is known. `id` is repeatable: a version has one event. */
export function pageChanged(parts: Told) {
  const { id, epoch, reason, deleted = false, state, at, ...made } = parts;
  return (version: number): Envelope => {
    const event: Parts = {
      source: 'content',
      type: 'content.page.changed.v1',
      subject: id,
      sequence: version,
      epoch,
      id: `${epoch}:${id}:${version}`,
      time: at,
      data: { reason, deleted, state },
      ...made,
    };
    return envelope(event);
  };
}
