import type { DependencyCounts } from './dependencies.ts';
import type { Counts } from './load.ts';
import type { NextReleaseCounts } from './next-release.ts';
import type { OutboxCounts } from './outbox.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const row = (what: string, ...cells: (string | number)[]) =>
  console.log(`  ${what.padEnd(46)} ${cells.map((cell) => String(cell)).join('  ')}`);

function loadRows({ sent, failed, writes, old, skipped, p50, p95 }: Counts): void {
  row('requests sent', sent, skipped > 0 ? `(${skipped} not sent: too many under way)` : '');
  row('without a good answer', sum(Object.values(failed)), JSON.stringify(failed));
  row(
    'writes acknowledged',
    writes.acknowledged,
    `of them asked again ${writes.hadHappened + writes.happenedNow}, still open ${writes.open}`,
  );
  row('reads older than an acknowledged write', old);
  row('answers p50 / p95', `${p50} ms / ${p95} ms`);
}

/** Prints the counts of each drill as a table and answers what was not as it should be. */
export const show = {
  outbox({ unsentAtKill, unsentAfterOutage, outage, load, arrived, wrong }: OutboxCounts): string[] {
    for (const [part, unsent] of Object.entries(unsentAtKill)) {
      row(
        `kill -9 of ${part} before the publish`,
        unsent.length,
        `unsent events at the kill: ${sum(unsent)}, fewest ${Math.min(...unsent)}`,
      );
    }
    row(outage, unsentAfterOutage.length, `unsent events at its end: ${sum(unsentAfterOutage)}`);
    loadRows(load);
    row('events due / missing', arrived.due, arrived.missing.length);
    row('events that came / more than once', arrived.events, arrived.twice);
    row('versions of pages overtaken before sending', arrived.overtaken);
    row('acknowledged and lost, or differing in search', wrong.length);
    const empty = Object.values(unsentAtKill).flatMap((unsent) =>
      unsent.some((count) => count === 0) ? ['a kill with nothing unsent'] : [],
    );
    return [...empty, ...arrived.missing, ...wrong, ...openOf(load)];
  },
  dependencies(counts: DependencyCounts[]): string[] {
    for (const { what, how, named, seconds, longest, wrong } of counts) {
      const times = `named after ${named} s, longest answer ${longest} ms, well again ${seconds} s after its return`;
      row(`${what} ${how}`, wrong.length === 0 ? 'well' : 'WRONG', times);
    }
    return counts.flatMap(({ what, how, wrong }) => wrong.map((line) => `${what} ${how}: ${line}`));
  },
  nextRelease({ load, steps, wrong }: NextReleaseCounts): string[] {
    for (const { step, failed, sent } of steps) row(step, `${failed} failed of ${sent}`);
    loadRows(load);
    row('acknowledged and lost, or differing in search', wrong.length);
    return [...wrong, ...openOf(load)];
  },
};

const openOf = ({ writes: { open } }: Counts): string[] => (open > 0 ? [`${open} writes of which nobody knows`] : []);
