import { ImportReport } from '@sidekick/contracts';
import { type Ended, runScript } from '@sidekick/testing';

/** `npm run import --` with these arguments; `env` says which portal is meant. */
export const runImport = (args: readonly string[], env: Record<string, string>): Promise<Ended> =>
  runScript('infra/scripts/import.ts', args, env).ended;

/** Imports with `--json`, whose last line of stdout is the report. Throws when it fails, or when the progress bar did not end full. */
export async function importReport(args: readonly string[], env: Record<string, string>): Promise<ImportReport> {
  const { code, out, errors } = await runImport([...args, '--json'], env);
  if (code !== 0) throw new Error(errors);
  if (!/\[#{30}\] \d+ of \d+\n/.test(errors)) throw new Error(`the progress did not end: ${errors}`);
  return ImportReport.parse(JSON.parse(out.trimEnd().split('\n').at(-1) ?? ''));
}

export const counts = ({ created, updated, unchanged, moved, archived, merged, kept, failed }: ImportReport) => ({
  ...{ created, updated, unchanged, moved, archived, merged },
  kept: kept.length,
  failed: failed.length,
});
export const none = { created: 0, updated: 0, unchanged: 0, moved: 0, archived: 0, merged: 0, kept: 0, failed: 0 };
