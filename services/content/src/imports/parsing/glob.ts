type Test = (part: string) => boolean;
/** One character of a pattern; null is a `*`. */
type Item = Test | null;

/**
 * Matches paths against `*`, `?`, `[a-z]` and `**` as `_config.yml` uses them. Steps grow with the length of the pattern times
 * that of the path, whatever they hold: a regular expression made of a pattern of others can take for ever. `spend` is told of
 * them and may throw.
 */
export function globOf(pattern: string, spend: (steps: number) => void = () => undefined): Test {
  const segments = pattern.split('/').map((segment) => (segment === '**' ? null : segmentOf(segment, spend)));
  return (path) => runs(segments, path.split('/'), spend);
}

function segmentOf(pattern: string, spend: (steps: number) => void): Test {
  const items: Item[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? '';
    const close = char === '[' ? pattern.indexOf(']', at + 2) : -1;
    if (char === '*') items.push(null);
    else if (char === '?') items.push(() => true);
    else if (close > 0) {
      items.push(classOf(pattern.slice(at + 1, close)));
      at = close;
    } else items.push((other) => other === char);
  }
  return (segment) => runs(items, [...segment], spend);
}

/** `a-z`, single characters, `!` or `^` before them for all others. */
function classOf(text: string): Test {
  const not = /^[!^]/.test(text);
  const inside = not ? text.slice(1) : text;
  return (char) => {
    for (let at = 0; at < inside.length; at++) {
      const isRange = inside[at + 1] === '-' && at + 2 < inside.length;
      const [from = '', to = ''] = [inside[at], isRange ? inside[at + 2] : inside[at]];
      if (char >= from && char <= to) return !not;
      if (isRange) at += 2;
    }
    return not;
  };
}

/** Whether items match all parts; null stands for any number of them. Only the last null is ever tried longer. */
function runs(items: readonly Item[], parts: readonly string[], spend: (steps: number) => void): boolean {
  let [item, part, star, resume] = [0, 0, -1, 0];
  spend(parts.length);
  while (part < parts.length) {
    const test = items[item];
    if (item < items.length && test === null) {
      star = item++;
      resume = part;
    } else if (test?.(parts[part] ?? '')) {
      item++;
      part++;
    } else if (star >= 0) {
      spend(item - star);
      item = star + 1;
      part = ++resume;
    } else return false;
  }
  while (item < items.length && items[item] === null) item++;
  return item === items.length;
}
