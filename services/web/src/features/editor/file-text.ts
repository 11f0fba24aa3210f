/** A file as the text names it. */
export interface FileInText {
  hash: string;
  name: string;
  /** As written, which is what a replacement looks for. */
  url: string;
}

const address = /\/api\/v1\/attachments\/([0-9a-f]{64})\/([^\s)"'<>\]]*[^\s)"'<>\].,;:!?])/g;

/** Files that a text shows or links to, each address once, in the order of the text. */
export function filesInText(body: string): FileInText[] {
  const found = new Map<string, FileInText>();
  for (const [url, hash = '', name = ''] of body.matchAll(address)) if (!found.has(url)) found.set(url, { hash, url, name: nameIn(name) });
  return [...found.values()];
}

function nameIn(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/** Words before a link are looked for in so many characters. */
const longestWords = 1_000;

/** The text without its pictures and links of an address. What writes the address in another way loses the address alone. */
export function withoutFile(body: string, url: string): string {
  let out = '';
  let from = 0;
  for (let at = body.indexOf(url); at >= 0; at = body.indexOf(url, from)) {
    const [start, end] = linkAround(body, at, at + url.length, from);
    out += body.slice(from, start);
    from = end;
  }
  return out + body.slice(from);
}

/** From `![` or `[` to the bracket that closes the target; the bare address where there is no such link on its line. */
function linkAround(body: string, at: number, end: number, from: number): [number, number] {
  if (body.slice(at - 2, at) !== '](') return [at, end];
  const before = body.slice(Math.max(from, at - longestWords), at);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const open = line.lastIndexOf('[', line.length - 3);
  const close = body.slice(end, end + longestWords).search(/[)\n]/);
  if (open < 0 || close < 0 || body[end + close] === '\n') return [at, end];
  const start = at - line.length + open;
  return [start > from && body[start - 1] === '!' ? start - 1 : start, end + close + 1];
}

/** Stands in the text while a file is being sent. */
export const placeholder = (id: string, name: string): string =>
  `![Sending ${name.slice(0, 100).replaceAll(/[[\]\n]/g, ' ')}…](sending:${id})`;

const left = /!\[Sending [^\]\n]{0,300}\]\(sending:[0-9A-Z]{26}\)/g;

/** The text of a draft whose tab was closed while files were being sent: they are not coming any more. */
export const withoutPlaceholders = (body: string): string => body.replaceAll(left, '');
