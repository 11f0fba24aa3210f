/**
 * The text with a file where its place was held. A picture before the first words is a paragraph of its own: where nobody has put the
 * cursor anywhere that is where it comes, and it would run into the first sentence.
 */
export function putInPlace(body: string, held: string, markdown: string): string {
  const after = body.trimStart().startsWith(held) ? body.slice(body.indexOf(held) + held.length) : '';
  if (!markdown.startsWith('![') || after.trim() === '') return body.replaceAll(held, markdown);
  const lines = /^\n{0,2}/.exec(after)?.[0].length ?? 0;
  return body.replaceAll(held, markdown + '\n'.repeat(2 - lines));
}
