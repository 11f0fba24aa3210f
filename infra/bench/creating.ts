import type { Command } from '@sidekick/contracts';

export type Made = 'person' | 'project' | 'assignment' | 'timeOff';

/** Makes commands that create records whose ids follow from their names. */
export const creating =
  (id: (name: string) => string) =>
  (kind: Made, name: string, record: Record<string, unknown>): Command => ({ do: 'create', kind, id: id(name), record });

export const each = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
