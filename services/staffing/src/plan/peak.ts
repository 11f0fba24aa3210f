import { fitsWeek, groupedBy, possibleTriples } from './model.ts';
import { hopeless, pricedBound } from './priced.ts';
import type { PlanProblem } from './problem.ts';
import { few, type Run, reach, total, unlessLocked } from './run.ts';
import { areaOf, fillMore, inTurn, soloWorths } from './search.ts';
import { stepOf } from './vector.ts';

/** Above so many loads every ten-thousandth is taken for a peak that a plan can have. */
const mostLoads = 300_000;

/** Every peak that a plan can have, up to the one that is known: loads of what one person's week can hold together. */
function possiblePeaks(problem: PlanProblem, known: number): number[] {
  const { triples, people, weeks } = problem;
  const peaks = new Set<number>([known]);
  let tried = 0;
  const kept = possibleTriples(problem, { peak: known });
  for (const [number, group] of groupedBy(kept, (at) => (triples[at]?.person ?? 0) * weeks.length + (triples[at]?.week ?? 0))) {
    const [person, week] = [Math.floor(number / weeks.length), number % weeks.length];
    const own = people[person];
    const seen = new Set<string>();
    const add = (from: number, hours: number, places: number) => {
      for (let at = from; at < group.length && tried < mostLoads; at++) {
        const together = hours + (triples[group[at] ?? 0]?.hours ?? 0);
        const key = `${at} ${together} ${places}`;
        if (seen.has(key) || !fitsWeek(problem, person, week, together, known)) continue;
        seen.add(key);
        tried++;
        peaks.add(stepOf(((own?.confirmed[week] ?? 0) + together) / (own?.capacity[week] ?? 1)));
        if (places > 1) add(at + 1, together, places - 1);
      }
    };
    add(0, 0, own?.places[week] ?? 0);
  }
  if (tried >= mostLoads) return Array.from({ length: known + 1 }, (_, peak) => peak);
  return [...peaks].sort((a, b) => a - b);
}

/** A plan under a lower peak to begin with: projects that are above it are planned anew, in turn. */
function underPeak({ problem, chosen }: Run, peak: number, kept: readonly number[]): number[] {
  const possible = new Set(kept);
  const above = new Set<number>();
  const { triples, weeks } = problem;
  for (const group of groupedBy(chosen, (at) => (triples[at]?.person ?? 0) * weeks.length + (triples[at]?.week ?? 0)).values()) {
    const { person = 0, week = 0 } = triples[group[0] ?? 0] ?? {};
    const hours = total(group.map((at) => triples[at]?.hours ?? 0));
    if (!fitsWeek(problem, person, week, hours, peak) || group.some((at) => !possible.has(at))) {
      for (const at of group) above.add(triples[at]?.project ?? 0);
    }
  }
  const base = chosen.filter((at) => !above.has(triples[at]?.project ?? -1));
  return inTurn(problem, kept, peak, { base });
}

/** Whether a plan fills as much under a peak: found, excluded, or not known in time. */
async function tryPeak(run: Run, peak: number): Promise<'found' | 'excluded' | 'unknown'> {
  const { problem } = run;
  const { filled } = run.steps;
  const fixed = { peak };
  const kept = possibleTriples(problem, fixed);
  const solo = soloWorths(problem, kept);
  if (total(solo) < filled) return 'excluded';
  const area = areaOf(problem, fixed, run.left);
  const isFound = () => run.steps.peak <= peak;
  // A start may break what is locked: then it is only the program that finds a plan.
  if (problem.locked.length === 0) {
    const start = underPeak(run, peak, kept);
    run.take(await fillMore({ area, solo, target: filled, onBetter: run.take, sizes: few }, start));
    if (isFound()) return 'found';
  }
  const priced = await pricedBound(problem, fixed, run.left());
  if (priced && priced.bound < filled - 1e-6) return 'excluded';
  const without = priced ? unlessLocked(problem, hopeless(problem, priced, filled)) : undefined;
  const { chosen, status, bound } = await reach(run, 'filled', { peak, without }, { enough: filled, wanted: filled });
  run.take(chosen);
  if (isFound()) return 'found';
  return status === 'limit' && bound >= filled ? 'unknown' : 'excluded';
}

/** O2, by halving the peaks that a plan can have. */
export async function peakLevel(run: Run): Promise<boolean> {
  const { problem } = run;
  const { filled } = run.steps;
  const peaks = filled === 0 ? [0] : possiblePeaks(problem, run.steps.peak);
  let [low, high] = [0, peaks.length - 1];
  const solo = (at: number) => total(soloWorths(problem, possibleTriples(problem, { peak: peaks[at] ?? 0 })));
  for (let least = 0, most = high; least < most; ) {
    const middle = Math.floor((least + most) / 2);
    if (solo(middle) >= filled) most = middle;
    else least = middle + 1;
    low = least;
  }
  run.bound(peaks[low] ?? 0);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const answer = await tryPeak(run, peaks[middle] ?? 0);
    if (answer === 'unknown') return false;
    if (answer === 'found') high = peaks.findLastIndex((peak) => peak <= run.steps.peak);
    else low = middle + 1;
    run.bound(peaks[low] ?? 0);
  }
  return true;
}
