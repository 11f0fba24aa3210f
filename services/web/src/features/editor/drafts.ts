/** What is being written, kept in this browser on every change until it is saved: nothing typed is ever lost. */
export interface Draft {
  fields: Fields;
  /** The version of the page that the draft began from; null for a new page. */
  version: number | null;
  at: string;
}

export interface Fields {
  title: string;
  path: string;
  body: string;
  visibility: 'public' | 'internal';
  /** As typed, separated by commas. */
  tags: string;
  /** What the edit did, for the history. */
  message: string;
}

const keyOf = (name: string) => `sidekick-draft:${name}`;

export function readDraft(name: string): Draft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null') as Draft | null;
    return draft && typeof draft.fields?.body === 'string' && typeof draft.fields.title === 'string' ? draft : null;
  } catch {
    return null;
  }
}

/** False when the browser has no room or no storage: the writer is told. */
export function keepDraft(name: string, draft: Draft): boolean {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(name: string): void {
  try {
    localStorage.removeItem(keyOf(name));
  } catch {
    // Without storage there is no draft to drop.
  }
}
