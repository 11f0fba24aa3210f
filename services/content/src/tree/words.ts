/** Words of a file's or folder's name; the hyphens of a date or number stay. */
export const wordsOfName = (name: string): string =>
  name
    .replaceAll(/_+|(?<!\d)-+|-+(?!\d)/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
