/** Percent signs undone where that can be, in Unicode's composed form. */
export function decoded(text: string): string {
  let plain = text;
  try {
    plain = decodeURIComponent(text);
  } catch {
    // A lone percent sign is one.
  }
  return plain.normalize('NFC');
}

/** The path and anchor of a target, decoded; a query such as `?raw=true` says nothing here. */
export function partsOf(target: string): { path: string; anchor: string } {
  const hash = target.indexOf('#');
  const before = hash < 0 ? target : target.slice(0, hash);
  const query = before.indexOf('?');
  return {
    path: decoded(query < 0 ? before : before.slice(0, query)),
    anchor: hash < 0 ? '' : decoded(target.slice(hash + 1)).trim(),
  };
}

/** The whole target as the name of a file, where its `#` or `?` may belong to that; null where there is none. */
export const filePart = (target: string): string | null => (/[#?]/.test(target) && !/^[#?]/.test(target) ? decoded(target) : null);
