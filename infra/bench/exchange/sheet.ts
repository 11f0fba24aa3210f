import { firstManager, portalProcess, printedLink } from '@sidekick/portal/testing';
import { zippedWorkbook } from '@sidekick/testing/sheets';
import { parse } from 'csv-parse/sync';
import { figure, percentile, seconds, timed } from '../measure.ts';

const [people, weeks, projects, times] = [200, 52, 60, 5];
const monday = (week: number): string => new Date(Date.UTC(2026, 10, 30 + 7 * week)).toISOString().slice(0, 10);

function rows(): string[][] {
  const header = ['Name', 'Hours/week', ...Array.from({ length: weeks }, (_, week) => monday(week))];
  const work = (person: number, week: number): string => {
    if ((person + week) % 17 === 0) return 'leave';
    const project = (person + Math.floor(week / 13) * 7) % projects;
    return `Project ${String.fromCharCode(65 + (project % 26))}${Math.floor(project / 26)}x 24h; Support 8h`;
  };
  const name = (person: number): string =>
    `Person ${String.fromCharCode(65 + Math.floor(person / 26))}${String.fromCharCode(97 + (person % 26))}`;
  return [
    header,
    ...Array.from({ length: people }, (_, at) => [name(at), '40', ...Array.from({ length: weeks }, (_, week) => work(at, week))]),
  ];
}

/** A sheet of a large group read and told with all that it would change, beside csv-parse alone on the same cells. */
export async function benchSheet(): Promise<void> {
  const table = rows();
  const csv = Buffer.from(table.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n'));
  const xlsx = zippedWorkbook([{ rows: table }]);
  const portal = await portalProcess({ args: ['--empty', '--today', '2026-11-30'] });
  try {
    const manager = await firstManager({ browser: portal.browser, firstManagerLink: async () => printedLink(portal.out()) });
    for (const [name, bytes] of [
      ['plan.csv', csv],
      ['plan.xlsx', xlsx],
    ] as const) {
      const body = { name, content: bytes.toString('base64') };
      const took: number[] = [];
      for (let count = 0; count < times; count++)
        took.push(
          await timed(async () => {
            const { status, body: told } = await manager.api('post', '/staffing-sheets/moves/preview', { body });
            if (status !== 200 || told.people?.length !== people)
              throw new Error(`${name}: ${status} ${JSON.stringify(told).slice(0, 300)}`);
          }),
        );
      const text = `first ${seconds(took[0] ?? 0)}, then ${seconds(percentile(took.slice(1), 0.5))}`;
      figure(`${people} people × ${weeks} weeks read and told, ${name}`, text, '<= 3 s');
    }
    figure('csv-parse alone on the same cells', seconds(await timed(async () => parse(csv))), 'for comparison');
  } finally {
    await portal.close();
  }
}
