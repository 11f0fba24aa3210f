import { PageMeta } from '@sidekick/contracts';

/** Whether a page is there to be read on the site it comes from, and by whom. */
export interface Publication {
  published: boolean;
  visibility: 'public' | 'internal' | null;
}

/** Keys in one spelling: Hugo reads them in any case, others write `publish_date`, `publishDate` or `publish-date`. */
const plainKey = (key: string): string => key.toLowerCase().replaceAll(/[-_\s]/g, '');

export const isYes = (text: string | null): boolean => ['true', 'yes', 'on', 'y', '1'].includes(text?.toLowerCase() ?? '');
export const isNo = (text: string | null): boolean => ['false', 'no', 'off', 'n', '0', 'never', 'none'].includes(text?.toLowerCase() ?? '');

/** Words of `status` under which readers get nothing: ours, WordPress's, Pelican's. */
const withheld = /^(?:drafts?|unpublished|private|scheduled|pending|future|skip|trash)$/i;
/** What people write beside a page that is not for everybody. */
const closed = /^(?:private|internal|confidential|restricted|secret|staff|employees|team|members|protected)\b/i;

export interface PublicationOptions {
  /** Today, as `2026-11-30`. */
  today: string;
  /** Whether the site shows a page before the day in its `date`, as Jekyll does for all but posts. */
  showsFuture: boolean;
}

/**
 * Jekyll's `published: false`, the `draft: true` of Hugo, Docusaurus, Zola and others, what Obsidian, Hexo and Eleventy call not
 * published, what Hugo never renders, what Grav leads nobody to, and days before and after which a page is not there. Where words are doubtful a page is
 * rather held back: the report names it.
 */
export function publicationOf(values: ReadonlyMap<string, unknown>, { today, showsFuture }: PublicationOptions): Publication {
  const plain = new Map([...values].map(([key, value]) => [plainKey(key), value]));
  const text = (...keys: string[]): string | null => keys.map((key) => textIn(plain, key)).find((one) => one !== null) ?? null;
  const draft = text('draft', 'isdraft');
  const build = plain.get('build') instanceof Map ? plain.get('build') : plain.get('_build');
  const render = build instanceof Map ? textIn(build as Map<string, unknown>, 'render') : text('render');
  const said = text('published', 'ispublished', 'publish', 'dgpublish');
  const isHeld =
    (draft !== null && !isNo(draft)) ||
    isNo(said) ||
    withheld.test(text('status', 'state') ?? '') ||
    (render !== null && (isNo(render) || render === 'link')) ||
    isYes(text('headless')) ||
    isNo(text('routable')) ||
    isNo(text('permalink'));
  const from = dayOf(text('publishdate', 'pubdate', 'publishedat', 'publishat', 'publishon')) ?? dayOf(said);
  const begins = from ?? (showsFuture ? null : dayOf(text('date')));
  const until = dayOf(text('expirydate', 'unpublishdate'));
  const isTime = (begins === null || begins <= today) && (until === null || until > today);
  return { published: !isHeld && isTime, visibility: visibilityIn(text) };
}

function textIn(values: ReadonlyMap<string, unknown>, key: string): string | null {
  const value = values.get(key);
  const one = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' && !['', 'null', '~'].includes(one.trim().toLowerCase()) ? one.trim() : null;
}

/** Any word but `public` keeps a page inside: `--public` says what is meant where nothing is said. */
function visibilityIn(text: (...keys: string[]) => string | null): Publication['visibility'] {
  const isClosed =
    ['private', 'internal', 'confidential', 'protected'].some((key) => isYes(text(key))) ||
    text('password') !== null ||
    ['access', 'audience', 'classification', 'confidentiality'].some((key) => closed.test(text(key) ?? ''));
  if (isClosed) return 'internal';
  const word = text('visibility');
  if (word !== null) return PageMeta.shape.visibility.safeParse(word.toLowerCase()).data ?? 'internal';
  const isPublic = text('public');
  return isYes(isPublic) ? 'public' : isNo(isPublic) ? 'internal' : null;
}

/** The day of a date, as `2026-11-30`; also of `Jul 08 2026`. */
function dayOf(text: string | null): string | null {
  if (text === null) return null;
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(text);
  if (iso) return `${iso[1]}-${iso[2]?.padStart(2, '0')}-${iso[3]?.padStart(2, '0')}`;
  if (!/\b\d{4}\b/.test(text) || !/^[\w ,./:+-]{6,40}$/.test(text)) return null;
  const time = Date.parse(`${text} UTC`);
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}
