import type { Import } from './imports.ts';

/** Bytes of each list, together below the 16 MiB that a document of MongoDB may have. */
const shares = {
  rows: 3_000_000,
  missing: 2_000_000,
  leftOut: 2_000_000,
  failed: 1_000_000,
  kept: 1_000_000,
  outside: 1_000_000,
  nearest: 500_000,
  drafts: 500_000,
  waitingToArchive: 500_000,
  sourceVersions: 500_000,
};
/** What BSON takes for an entry beside its values. */
const aside = 16;

/**
 * A run as its document holds it: of a list that is too long the beginning, and a last line that says how many more there were.
 * What offers something to an entry of another list (`nearest`, `sourceVersions`) just ends. Counts stay as they are.
 */
export function storedRun(run: Import): Import {
  const { report, rows } = run;
  return {
    ...run,
    rows: fitting('rows', rows, (words, { outcome }) => [{ path: words, title: words, outcome }]),
    report: {
      ...report,
      failed: fitting('failed', report.failed, named),
      kept: fitting('kept', report.kept, named),
      missing: fitting('missing', report.missing, (page, { kind }) => [{ page, target: '', kind }]),
      outside: fitting('outside', report.outside, (page) => [{ page, target: '' }]),
      nearest: fitting('nearest', report.nearest, none),
      leftOut: fitting('leftOut', report.leftOut, named),
      drafts: fitting('drafts', report.drafts, (words) => [{ path: words, title: words }]),
      waitingToArchive: fitting('waitingToArchive', report.waitingToArchive, (words) => [words]),
      sourceVersions: fitting('sourceVersions', report.sourceVersions, none),
    },
  };
}

/** The same while it runs, without the longest lists. */
export function briefly(run: Import): Import {
  const { report, ...rest } = storedRun(run);
  return { ...rest, rows: [], report: { ...report, missing: [], outside: [] } };
}

const named = (path: string) => [{ path, reason: '' }];
const none = () => [];

function fitting<T>(name: keyof typeof shares, list: readonly T[], lastLine: (words: string, first: T) => T[]): T[] {
  let left = shares[name];
  const end = list.findIndex((one) => {
    left -= Buffer.byteLength(JSON.stringify(one)) + aside;
    return left < 0;
  });
  const first = list[end];
  return first === undefined ? [...list] : [...list.slice(0, end), ...lastLine(`… and ${list.length - end} more`, first)];
}
