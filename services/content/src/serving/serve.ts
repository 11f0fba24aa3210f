import type { Heading } from '@sidekick/contracts';
import type { Audience } from '../access/reader.ts';
import { decoded } from '../links/target-parts.ts';
import type { PagesReplica } from '../pages/pages-replica.ts';
import { escapeHtml } from '../rendering/escape.ts';
import { isTitle, type Link, type Revision } from '../revisions/revision.ts';
import { pageUrl, urlOf } from './link-address.ts';
import type { FindSuggestion, Suggestion } from './suggestions.ts';

const linkTag = /<a href="sk:(\d+)"/g;
const likelyTag =
  /(<a href="[^"]*" data-missing="page" title="[^"]*"|<a data-missing="page" title="[^"]*") data-likely="(\d+)"([^>]*>[\s\S]*?<\/a>)/g;
/** Dead links of a page for which the page that is meant is looked for. */
const mostOffered = 20;
const imageTag = /<img src="sk:(\d+)"([^>]*)>/g;

/** The page whose text is served: its title, its file as links name it, and what its dead links may mean. */
export interface Served {
  title: string;
  file: string;
  suggestionsFor: FindSuggestion;
}

/**
 * The HTML of a revision for an audience: links lead to where their pages are now. A link to what the audience may not
 * see looks like one to nothing: no address, `data-missing`. An image that is not there is its text.
 */
export function serveHtml(
  revision: Pick<Revision, 'html' | 'lead' | 'links'>,
  { title, file, suggestionsFor }: Served,
  replica: PagesReplica,
  audience: Audience,
): string {
  const { html, lead, links } = revision;
  const likely: Suggestion[] = [];
  let dead = 0;
  const markFor = (link: Link): string => {
    dead += 1;
    const found = audience !== 'public' && dead <= mostOffered ? suggestionsFor(file, link.target) : undefined;
    return found ? ` data-likely="${likely.push(found) - 1}"` : '';
  };
  const linked = html.replaceAll(linkTag, (_, index: string) => {
    const link = links[Number(index)];
    const url = urlOf(link, replica, audience);
    return url === null ? `${deadLink(link, audience)}${link ? markFor(link) : ''}` : `<a href="${escapeHtml(url)}"`;
  });
  const body = (
    likely.length > 0
      ? linked.replaceAll(likelyTag, (_, before: string, at: string, rest: string) => `${before}${rest}${offer(likely[Number(at)])}`)
      : linked
  ).replaceAll(imageTag, (_, index: string, rest: string) => {
    const url = urlOf(links[Number(index)], replica, audience);
    if (url !== null) return `<img src="${escapeHtml(url)}"${rest}>`;
    return `<span data-missing="image">${/ alt="([^"]*)"/.exec(rest)?.[1] ?? ''}</span>`;
  });
  if (!lead) return body;
  const id = escapeHtml(lead.id);
  return isTitle(lead, title) ? `<span id="${id}"></span>${body}` : `<h1 id="${id}">${escapeHtml(lead.text)}</h1>\n${body}`;
}

/** The page that is meant, most likely, behind a link that leads nowhere. */
const offer = (likely: Suggestion | undefined): string =>
  likely ? ` <span class="likely">(perhaps <a href="${escapeHtml(pageUrl(likely.path))}">${escapeHtml(likely.title)}</a>)</span>` : '';

/** Readers of this group are told why, and may write the page; to all others it is words, whether there is such a page or not. */
function deadLink(link: Link | undefined, audience: Audience): string {
  if (audience === 'public' || !link) return '<a data-missing="page"';
  const path = link.to.is === 'missing' || link.to.is === 'page' ? link.to.path : null;
  const named = /^wiki:/i.test(link.target) ? decoded(link.target.slice(5)).split('|', 1)[0]?.trim() : undefined;
  if (!path && named)
    return `<a href="/new?title=${encodeURIComponent(named)}" data-missing="page" title="${escapeHtml(`There is no page called ${named}: write it`)}"`;
  if (!path) return '<a data-missing="page" title="This link leads nowhere"';
  return `<a href="/new?path=${encodeURIComponent(path)}" data-missing="page" title="${escapeHtml(`There is no page at /${path}: write it`)}"`;
}

/** Headings for the table of contents; the one that says the title again is left out. */
export const serveHeadings = ({ lead, headings }: Pick<Revision, 'lead' | 'headings'>, title: string): Heading[] =>
  lead && !isTitle(lead, title) ? [{ level: 1, id: lead.id, text: lead.text }, ...headings] : headings;
