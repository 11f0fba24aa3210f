import type { KeyboardEvent } from 'react';

/**
 * What can be focused in a grid carries `data-l` (its line, counted down the grid) and `data-c`, `data-e` (first column and the
 * one after its last). The column that arrows keep to is remembered on the grid.
 */
interface Spot {
  element: HTMLElement;
  line: number;
  from: number;
  to: number;
}

const spots = (grid: HTMLElement): Spot[] =>
  [...grid.querySelectorAll<HTMLElement>('[data-l]')].map((element) => ({
    element,
    line: Number(element.dataset['l']),
    from: Number(element.dataset['c']),
    to: Number(element.dataset['e']),
  }));

/** Whether an arrow key is pressed sideways on something of a grid that no mode of its own has. */
export const isSideways = (event: KeyboardEvent<HTMLElement>): boolean =>
  !event.defaultPrevented &&
  !(event.altKey || event.ctrlKey || event.metaKey) &&
  (event.key === 'ArrowLeft' || event.key === 'ArrowRight') &&
  event.currentTarget.dataset['keys'] !== 'off' &&
  (event.target as HTMLElement).dataset['l'] !== undefined;

/** The neighbour on a line of what has the focus, or of the line its outermost where the focus is gone with what had it. */
export function neighbour(grid: HTMLElement, line: number, way: 1 | -1): HTMLElement | undefined {
  const same = spots(grid)
    .filter((spot) => spot.line === line)
    .sort((a, b) => a.from - b.from);
  const at = same.findIndex(({ element }) => element === document.activeElement);
  return (at >= 0 ? same[at + way] : same.at(way === 1 ? -1 : 0))?.element;
}

/** Moves the focus by an arrow key, Home or End; false when the key is none of them or somebody else's. */
export function arrow(event: KeyboardEvent<HTMLElement>): boolean {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return false;
  if (!/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key)) return false;
  const target = event.target as HTMLElement;
  const grid = event.currentTarget;
  if (grid.dataset['keys'] === 'off' || (target !== grid && target.dataset['l'] === undefined)) return false;
  const all = spots(grid);
  const next = target === grid ? first(all, grid) : step(all, target, event.key, grid);
  if (!next) return false;
  event.preventDefault();
  grid.dataset['col'] = String(columnFor(next, event.key, Number(grid.dataset['col'] ?? next.from)));
  next.element.focus();
  return true;
}

/** Up and down keep to a column; sideways it becomes the column arrived at. */
const columnFor = (spot: Spot, key: string, column: number): number =>
  key === 'ArrowUp' || key === 'ArrowDown' ? Math.min(Math.max(column, spot.from), spot.to - 0.001) : spot.from;

function first(all: readonly Spot[], grid: HTMLElement): Spot | undefined {
  const top = grid.getBoundingClientRect().top;
  return all.find(({ element }) => element.getBoundingClientRect().top >= top) ?? all[0];
}

function step(all: readonly Spot[], target: HTMLElement, key: string, grid: HTMLElement): Spot | undefined {
  const here = all.find(({ element }) => element === target);
  if (!here) return undefined;
  const same = all.filter(({ line }) => line === here.line).sort((a, b) => a.from - b.from);
  const at = same.indexOf(here);
  if (key === 'ArrowLeft') return same[at - 1];
  if (key === 'ArrowRight') return same[at + 1];
  if (key === 'Home') return same[0];
  if (key === 'End') return same.at(-1);
  const down = key === 'ArrowDown';
  const column = Number(grid.dataset['col'] ?? here.from);
  const beyond = all.filter(({ line }) => (down ? line > here.line : line < here.line));
  const lines = [...new Set(beyond.map(({ line }) => line))].sort((a, b) => (down ? a - b : b - a));
  for (const line of lines) {
    const hit = beyond.find((spot) => spot.line === line && spot.from <= column && column < spot.to);
    if (hit) return hit;
  }
  return undefined;
}
