/** Lost hours of one project in a week and the people who could help there. */
export interface Lost {
  readonly hours: number;
  readonly helpers: readonly string[];
}

const epsilon = 1e-9;

/** Breadth-first search for a project with hours left from which help can still be moved to a helper with free hours. */
const findPath = (
  lost: readonly Lost[],
  left: readonly number[],
  free: ReadonlyMap<string, number>,
  given: readonly Map<string, number>[],
) => {
  const cameFrom = new Map<string, number>();
  const via = new Map<number, string>();
  const queue = left.flatMap((hours, project) => (hours > epsilon ? [project] : []));
  const seen = new Set(queue);
  for (const project of queue) {
    for (const helper of lost[project]?.helpers ?? []) {
      if (cameFrom.has(helper)) continue;
      cameFrom.set(helper, project);
      if ((free.get(helper) ?? 0) > epsilon) return { cameFrom, via, end: helper };
      for (const [other, gifts] of given.entries()) {
        if (seen.has(other) || (gifts.get(helper) ?? 0) <= epsilon) continue;
        seen.add(other);
        via.set(other, helper);
        queue.push(other);
      }
    }
  }
  return undefined;
};

/** One augmentation of Edmonds and Karp; false when nothing more can be moved. */
const improve = (lost: readonly Lost[], left: number[], free: Map<string, number>, given: readonly Map<string, number>[]): boolean => {
  const path = findPath(lost, left, free, given);
  if (!path) return false;
  const steps: { project: number; helper: string; back: string | undefined }[] = [];
  for (let helper: string | undefined = path.end; helper !== undefined; ) {
    const project: number = path.cameFrom.get(helper) ?? 0;
    const back = path.via.get(project);
    steps.push({ project, helper, back });
    helper = back;
  }
  const start = steps.at(-1)?.project ?? 0;
  let amount = Math.min(free.get(path.end) ?? 0, left[start] ?? 0);
  for (const { project, back } of steps) if (back !== undefined) amount = Math.min(amount, given[project]?.get(back) ?? 0);
  for (const { project, helper, back } of steps) {
    const gifts = given[project];
    gifts?.set(helper, (gifts.get(helper) ?? 0) + amount);
    if (back !== undefined) gifts?.set(back, (gifts.get(back) ?? 0) - amount);
  }
  free.set(path.end, (free.get(path.end) ?? 0) - amount);
  left[start] = (left[start] ?? 0) - amount;
  return true;
};

/**
 * Lost hours that remain when the helpers share the work as well as possible, each free hour used once (A25).
 * That is a maximum flow from projects to helpers; by max-flow min-cut it equals the largest, over sets of projects, of their
 * lost hours less the free hours of all their helpers.
 */
export const strandedOf = (lost: readonly Lost[], freeHours: ReadonlyMap<string, number>): number => {
  const left = lost.map(({ hours }) => hours);
  const free = new Map(freeHours);
  const given = lost.map(() => new Map<string, number>());
  while (improve(lost, left, free, given));
  return left.reduce((sum, hours) => sum + (hours > epsilon ? hours : 0), 0);
};
