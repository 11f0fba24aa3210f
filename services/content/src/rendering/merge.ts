import { merge } from 'node-diff3';

export interface Sides {
  base: string;
  ours: string;
  theirs: string;
}

/** A clean three-way merge by lines, or null. Its time grows with the cube of lines that are the same: only a worker may call it. */
export function mergeBodies({ base, ours, theirs }: Sides): string | null {
  const { conflict, result } = merge(ours.split('\n'), base.split('\n'), theirs.split('\n'), { excludeFalseConflicts: true });
  return conflict ? null : result.join('\n');
}
