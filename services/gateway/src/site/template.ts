/** The parts of a page that the gateway fills into the web UI's `index.html`. */
export interface Fill {
  nonce: string;
  /** Plain text of `<title>`. */
  title: string;
  /** HTML shown inside `#sk-root` until the app takes over. */
  app: string;
  /** JSON of `#sk-page-data`; empty without. */
  data: string;
}

/** The page in parts: those between the marks are the same every time. */
export type Template = (fill: Fill) => string[];

const marks = /NONCE_PLACEHOLDER|<!--app-->|<title>[^<]*<\/title>|<\/body>/g;

/** Cuts `index.html` at its marks once, so that nothing of a page's own text is ever taken for a mark. */
export function templateOf(html: string): Template {
  const texts = html.split(marks);
  const holes = [...html.matchAll(marks)].map(([mark]) => mark);
  const fillOf = (mark: string, { nonce, title, app, data }: Fill): string => {
    if (mark === 'NONCE_PLACEHOLDER') return nonce;
    if (mark === '<!--app-->') return app;
    if (mark === '</body>') return data ? `<script type="application/json" id="sk-page-data">${scriptSafe(data)}</script></body>` : mark;
    return `<title>${escapeHtml(title)}</title>`;
  };
  return (fill) => texts.flatMap((text, at) => (at === 0 ? [text] : [fillOf(holes[at - 1] ?? '', fill), text]));
}

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities.get(character) ?? character);

/** JSON that cannot end the script element it stands in. */
const scriptSafe = (json: string): string =>
  json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
