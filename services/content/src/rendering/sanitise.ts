import sanitizeHtml from 'sanitize-html';
import { contentId } from './ids.ts';

/** A link or an image as written, in the order of the page; `sk:<index>` stands for it in the HTML. */
export interface RawLink {
  kind: 'link' | 'image';
  target: string;
}

const tags =
  'h1 h2 h3 h4 h5 h6 p a img ul ol li blockquote table thead tbody tfoot tr th td caption pre code em strong del s ins mark kbd sub sup br hr ' +
  'div span section details summary dl dt dd figure figcaption abbr small b i u q cite var samp input code-block';
const classes =
  'label label-* btn btn-* callout callout-* text-delta task-list-item contains-task-list task-list-item-checkbox footnote-* footnotes footnotes-* scroll an';
const absolute = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;
/** Schemes that stand for a place in the handbook. */
const ours = /^(?:wiki|jekyll|post|liquid):/i;
const footnoteAnchor = /^#fn(?:ref)?(?:-note\d+-)?[\d:]+$/;

/**
 * Keeps what a page may show and nothing that runs or restyles: no script, style, frame, form, event handler or foreign
 * scheme. Targets inside the handbook are collected into `links`.
 */
export function sanitise(html: string, links: RawLink[]): string {
  const number = (kind: RawLink['kind'], target: string) => `sk:${links.push({ kind, target }) - 1}`;
  const once = idsOnce();
  return sanitizeHtml(html, {
    allowedTags: tags.split(' '),
    allowedAttributes: {
      '*': ['id', 'class', 'title', 'lang', 'dir'],
      a: ['href', 'rel', 'aria-label'],
      img: ['src', 'alt', 'width', 'height', 'loading'],
      th: ['align', 'colspan', 'rowspan', 'scope'],
      td: ['align', 'colspan', 'rowspan'],
      ol: ['start', 'type'],
      input: ['type', 'checked', 'disabled'],
      details: ['open'],
      div: ['role', 'tabindex', 'aria-label'],
      'code-block': ['n'],
    },
    allowedClasses: { '*': classes.split(' ') },
    allowedSchemes: ['http', 'https', 'mailto', 'tel', 'sk'],
    disallowedTagsMode: 'discard',
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'template', 'iframe', 'object', 'svg', 'math', 'title'],
    exclusiveFilter: ({ tag, attribs }) => tag === 'input' && attribs['type'] !== 'checkbox',
    transformTags: {
      '*': (tagName, attribs) => ({ tagName, attribs: once(attribs) }),
      a: (tagName, attribs) => ({ tagName, attribs: linkOf(attribs, number) }),
      img: (tagName, attribs) => ({ tagName, attribs: imageOf(attribs, number) }),
      th: (tagName, attribs) => ({ tagName, attribs: aligned(attribs) }),
      td: (tagName, attribs) => ({ tagName, attribs: aligned(attribs) }),
      input: (tagName, attribs) => ({ tagName, attribs: { ...attribs, disabled: 'disabled' } }),
    },
  });
}

type Attributes = Record<string, string>;
type Numbering = (kind: RawLink['kind'], target: string) => string;

/** An id stands for one place of a page, the first that has it, and never for one of the app. */
function idsOnce(): (attribs: Attributes) => Attributes {
  const seen = new Set<string>();
  return (attribs) => {
    const { id: written, ...rest } = attribs;
    if (written === undefined) return attribs;
    const id = contentId(written.trim());
    if (id === '' || seen.has(id)) return rest;
    seen.add(id);
    return { ...attribs, id };
  };
}

/** The address comes first, where serving looks for it. */
function linkOf({ href, name, rel: _rel, ...rest }: Attributes, number: Numbering): Attributes {
  const kept = name && !rest['id'] ? { ...rest, id: name } : rest;
  const target = href?.trim();
  if (!target) return kept;
  if (footnoteAnchor.test(target) || (rest['class'] === 'an' && target.startsWith('#'))) return { href: target, ...kept };
  if (ours.test(target) || !absolute.test(target)) return { href: number('link', target), ...kept };
  return target.toLowerCase().startsWith('sk:') ? kept : { href: target, ...kept, rel: 'noopener noreferrer' };
}

function imageOf({ src, ...rest }: Attributes, number: Numbering): Attributes {
  const target = src?.trim();
  const lazy = { ...rest, loading: 'lazy' };
  if (!target) return lazy;
  if (ours.test(target) || !absolute.test(target)) return { src: number('image', target), ...lazy };
  return target.toLowerCase().startsWith('sk:') ? lazy : { src: target, ...lazy };
}

/** Markdown tables align by an inline style, which the content security policy refuses. */
function aligned({ style, ...rest }: Attributes): Attributes {
  const align = /text-align:\s*(left|right|center)/.exec(style ?? '')?.[1];
  return align ? { ...rest, align } : rest;
}
