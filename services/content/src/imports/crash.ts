import type { Import, ImportContent } from './imports.ts';

export const crashMessage = 'The portal was stopped while it ran. What it had written stays; import again to go on';

/** A run whose process died, with what it had done: pages it made are counted, since it may have died between two signs of life. */
export async function withWhatItMade(content: ImportContent, run: Import): Promise<Import> {
  await content.replica.refresh();
  // Of one source a run goes after the other: what was made since this one began is its own.
  const since = run.runsSince ?? content.clock.now().toISOString();
  const made = content.replica.all().filter(({ doc }) => doc.source === run.source && doc.imported && doc.createdAt >= since).length;
  const { report } = run;
  const created = run.state === 'running' ? Math.max(report.created, made) : report.created;
  return { ...run, done: Math.max(run.done, created), report: { ...report, created } };
}
