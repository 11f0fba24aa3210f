/** The app's own elements have ids that begin with `sk-`; its libraries make others. No id of content is one of these. */
const ofTheApp = /^(?:sk-|mantine-|react-|radix-|:|_r_|\u00ab)/i;

/** An id as content may have it: composed, and never one of the app. */
export function contentId(id: string): string {
  const composed = id.normalize('NFC');
  return ofTheApp.test(composed) ? `user-${composed.replace(/^[:\u00ab]+/, '')}` : composed;
}
