import { outsideFences } from './prose.ts';
import { noteUnknown, type Unknown } from './unknown.ts';

const opening = /^<{7} \S.*$/;
const middle = /^(?:\|{7}(?: .*)?|={7})$/;
const closing = /^>{7} \S.*$/;

/**
 * Marks of a conflict that Git left in a file stand as they are, each in a line of its own: the one in the middle would make a
 * heading of the text above it, and the last one quotes in quotes.
 */
export function conflictsApart(text: string, unknown: Unknown): string {
  if (!/^<{7} /m.test(text)) return text;
  let inside = false;
  const apart = (line: string): string => {
    const opens = opening.test(line);
    if (!opens && !(inside && (middle.test(line) || closing.test(line)))) return line;
    if (opens) noteUnknown(unknown, 'conflict that Git left');
    inside = opens || !closing.test(line);
    return `\n\`${line.replaceAll('`', "'")}\`\n`;
  };
  return outsideFences(text, (prose) => prose.split('\n').map(apart).join('\n'));
}
