import { InvalidInput } from '@sidekick/service-kit';
import { trimSlashes } from '../../text/paths.ts';
import { globOf } from './glob.ts';

/** Steps of matching in a whole run, far above what sites need: about a second. */
const mostSteps = 100_000_000;

/**
 * Names, folders and patterns as `exclude` of `_config.yml` lists them; patterns without a slash match names at any depth. Names
 * and folders are looked up, whatever their number. Throws InvalidInput once the patterns have cost too much: what they leave out
 * may be nobody's business, so they are never just skipped.
 */
export function excludes(patterns: readonly string[]): (path: string) => boolean {
  const plain = new Set<string>();
  const globs: { whole: (path: string) => boolean; byName: boolean }[] = [];
  let steps = 0;
  const spend = (count: number) => {
    steps += count;
    if (steps > mostSteps)
      throw new InvalidInput('costly-patterns', 'The patterns of files to leave out take too long to follow; make them fewer or plainer');
  };
  for (const given of patterns) {
    const pattern = trimSlashes(given.startsWith('./') ? given.slice(2) : given);
    plain.add(pattern);
    if (/[*?[]/.test(pattern)) globs.push({ whole: globOf(pattern, spend), byName: !pattern.includes('/') });
  }
  plain.delete('');
  const listed = (path: string): boolean => {
    for (let at = path.length; at > 0; at = path.lastIndexOf('/', at - 1)) if (plain.has(path.slice(0, at))) return true;
    return false;
  };
  return (path) => {
    if (listed(path)) return true;
    const name = path.slice(path.lastIndexOf('/') + 1);
    return globs.some(({ whole, byName }) => whole(path) || (byName && whole(name)));
  };
}
