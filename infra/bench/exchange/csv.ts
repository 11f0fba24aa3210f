import { CsvReading } from '@sidekick/contracts';
import { change, newPerson, newProject, type PortalProcess } from '@sidekick/portal/testing';
import { parse } from 'csv-parse/sync';
import { figure, seconds, timed } from '../measure.ts';
import { emptyPortal, peakMemory } from '../portal.ts';

const [people, projects, rows] = [200, 100, 100_000];
/** Change sets of so many assignments fit what one holds. */
const atOnce = 4_000;
const day = (n: number): string => new Date(Date.UTC(2026, 0, 5 + n * 7)).toISOString().slice(0, 10);

/** 100,000 assignments out and in again through the API: with no change, and with a hundred, beside csv-parse alone on the same file. */
export async function benchCsv(): Promise<void> {
  const portal = await emptyPortal();
  try {
    await fill(portal);
    // What filling took is not what a file takes.
    await portal.stop();
    await portal.start();
    const before = peakMemory(portal.pid);
    let text = '';
    const out = await timed(async () => {
      text = await exported(portal);
    });
    const bytes = Buffer.from(text);
    const alone = await timed(async () => parse(bytes, { bom: true }));
    const beside = watchLoop(portal);
    const [same, took] = await looked(portal, text);
    const peak = peakMemory(portal.pid);
    const slowest = await beside.stop();
    const [edited, tookEdited] = await looked(portal, withEdits(text, 100));
    if (same.counts.same !== rows || edited.counts.changed !== 100) throw new Error(JSON.stringify([same.counts, edited.counts]));
    const rate = (ms: number) => `${Math.round(rows / (ms / 1_000)).toLocaleString('en')} rows/s`;
    figure(`export of ${rows} assignments, ${(bytes.length / 1_048_576).toFixed(1)} MB`, `${seconds(out)}, ${rate(out)}`, 'streamed');
    figure(
      'the same imported, nothing changed',
      `${seconds(took)}, ${rate(took)}; peak of the portal ${peak?.toFixed(0)} MiB, ${before?.toFixed(0)} of them before`,
      '≤ 30 s, ≤ 500 MiB',
    );
    figure('with 100 rows changed', `${seconds(tookEdited)}, ${rate(tookEdited)}`, '≤ 30 s');
    figure('csv-parse alone on the same file', `${seconds(alone)}, ${rate(alone)}`, 'for comparison');
    figure('a reader beside the import, slowest answer', `${slowest.toFixed(0)} ms`, 'not held');
  } finally {
    await portal.close();
  }
}

async function fill({ command }: PortalProcess): Promise<void> {
  const some = Array.from({ length: people }, (_, n) => newPerson(`Person ${n}`));
  const all = Array.from({ length: projects }, (_, n) => newProject(`Project ${n}`, { from: '2026-01-01', to: '2036-01-01' }));
  await change(command, [...some, ...all]);
  const work = Array.from({ length: rows }, (_, n) => assignment(n, String(some[n % people]?.id), String(all[n % projects]?.id)));
  for (let at = 0; at < rows; at += atOnce) await change(command, work.slice(at, at + atOnce));
}

/** An hour of one week each: no rule breaks. */
const assignment = (n: number, person: string, project: string) => ({
  ...{ do: 'create', kind: 'assignment', id: idOf(n) },
  record: { person, project, role: 'contributor', from: day(Math.floor(n / people)), to: day(Math.floor(n / people)), hoursPerWeek: 1 },
});
const idOf = (n: number): string => `01K${String(n).padStart(23, '0')}`;

const exported = async ({ command }: PortalProcess): Promise<string> => {
  const { status, body } = await command.open('/api/v1/staffing-export/assignments.csv');
  if (status !== 200) throw new Error(`the export was refused: ${status}`);
  return String(body);
};

async function looked({ command }: PortalProcess, text: string): Promise<[CsvReading, number]> {
  let answer: unknown;
  const took = await timed(async () => {
    const asked = { method: 'POST', raw: Buffer.from(text), headers: { 'content-type': 'text/csv' } };
    const { status, body } = await command.open('/api/v1/staffing-import/assignments/preview?name=assignments.csv', asked);
    if (status !== 200) throw new Error(`the preview was refused: ${status} ${JSON.stringify(body)}`);
    answer = body;
  });
  return [CsvReading.parse(answer), took];
}

/** The hours of every row of so many are two. */
function withEdits(text: string, count: number): string {
  const lines = text.split('\r\n');
  const apart = Math.floor(rows / count);
  return lines.map((line, at) => (at > 0 && at % apart === 0 ? line.replace(',1,confirmed,', ',2,confirmed,') : line)).join('\r\n');
}

/** Asks for one small thing again and again, and tells the longest that it took. */
function watchLoop({ command }: PortalProcess): { stop(): Promise<number> } {
  let [slowest, on] = [0, true];
  const asking = (async () => {
    while (on) slowest = Math.max(slowest, await timed(() => command.open('/api/v1/settings')));
  })();
  return {
    async stop() {
      on = false;
      await asking;
      return slowest;
    },
  };
}
