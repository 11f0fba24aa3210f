import type { KeyboardEvent } from 'react';

/** Arrows, Home and End in a tree of links; `data-open` of a link says whether its children show. */
export function moveThrough(event: KeyboardEvent<HTMLElement>): void {
  const link = event.target as HTMLElement;
  if (link.tagName !== 'A' || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a')];
  const next = targetOf(event.key, link, links);
  if (next === undefined) return;
  event.preventDefault();
  if (next === 'toggle') link.parentElement?.querySelector('button')?.click();
  else next?.focus();
}

function targetOf(key: string, link: HTMLElement, links: HTMLElement[]): HTMLElement | null | 'toggle' | undefined {
  const at = links.indexOf(link);
  const open = link.dataset['open'];
  if (key === 'ArrowDown') return links[at + 1] ?? null;
  if (key === 'ArrowUp') return links[at - 1] ?? null;
  if (key === 'Home') return links[0] ?? null;
  if (key === 'End') return links.at(-1) ?? null;
  if (key === 'ArrowRight') return open === 'false' ? 'toggle' : open === 'true' ? (links[at + 1] ?? null) : null;
  if (key === 'ArrowLeft') return open === 'true' ? 'toggle' : (link.closest('ul')?.closest('li')?.querySelector('a') ?? null);
  return undefined;
}
