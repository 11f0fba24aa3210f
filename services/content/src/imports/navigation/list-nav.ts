import { tidyName } from '@sidekick/contracts';
import { deepest, mostItems, type NavItem } from './nav-item.ts';
import { pathIn } from './yaml-nav.ts';

const entry = /^([ \t]*)(?:[-*+]|\d+[.)])[ \t]+(.+)$/;
const link = /^\[([^\]]*)\]\(<?([^)>]*)>?(?:[ \t]+"[^"]*")?\)/;
const longestLine = 2_000;

/** The nested list of links of mdBook's and GitBook's `SUMMARY.md` and of docsify's `_sidebar.md`. */
export function listNav(text: string, base: string): NavItem[] {
  const top: NavItem[] = [];
  const open: { indent: number; items: NavItem[] }[] = [{ indent: -1, items: top }];
  let count = 0;
  for (const line of text.split('\n')) {
    if (line.length > longestLine) continue;
    const found = entry.exec(line);
    const plain = found === null ? link.exec(line.trim()) : null;
    const words = found?.[2]?.trim() ?? plain?.[0];
    if (words === undefined || count > mostItems) continue;
    count += 1;
    const [, title = words, href = ''] = link.exec(words) ?? [];
    const item: NavItem = {
      title: tidyName(title.replaceAll(/[*_`]/g, '')),
      path: href === '' ? null : pathIn(base, decoded(href)),
      items: [],
    };
    const indent = (found?.[1] ?? '').replaceAll('\t', '    ').length;
    while (open.length > 1 && (open.at(-1)?.indent ?? 0) >= indent) open.pop();
    open.at(-1)?.items.push(item);
    if (open.length < deepest) open.push({ indent, items: item.items });
  }
  return top;
}

function decoded(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
