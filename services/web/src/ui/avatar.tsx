/** Initials of the first and last word of a name, drawn and no text: the name stands beside it or in a label. */
export function Avatar({ name, large }: { name: string; large?: boolean }) {
  return <span className={large ? 'av l' : 'av'} aria-hidden="true" data-initials={initials(name)} />;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}
