import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Command, HolidayProposals, ImportView } from '@sidekick/contracts';
import { systemClock } from '@sidekick/service-kit';
import { zipSync } from 'fflate';
import { type Ask, askAs } from '../ask.ts';
import type { PortalSettings } from '../config.ts';
import type { Portal } from '../portal.ts';
import { dayOf, groupCommands, SampleGroup, sampleIds } from './group.ts';

const folder = fileURLToPath(new URL('../../../../infra/sample/', import.meta.url));

export interface FillOptions {
  portal: Portal;
  token: string;
  /** Decides every id, so that filling again changes nothing. */
  seed: string;
  settings: PortalSettings;
  say: (line: string) => void;
}

/** Fills in the sample handbook and group through the public API, as any client would. */
export async function fillSample({ portal, token, seed, settings, say }: FillOptions): Promise<void> {
  const group = SampleGroup.parse(JSON.parse(readFileSync(join(folder, 'group.json'), 'utf8')));
  const today = systemClock(settings).today();
  const id = sampleIds(seed);
  const ask = askAs({ url: portal.ownAddress, token });
  say('First start: adding a sample group …');
  const regions = [...new Set(group.people.map(({ region }) => region))];
  const holidays = await holidayCommands(ask, regions, group, today, id);
  const accept = ['over-allocated', 'outside-contract', 'joint-absence'];
  await ask('POST', '/changes', { id: id('holidays'), commands: holidays, reason: 'Sample: public holidays' });
  const reason = 'Sample: some weeks are meant to show what goes wrong';
  await ask('POST', '/changes', { id: id('group'), commands: groupCommands(group, today, id), accept, reason });
  const { manager, engineer, ops } = group.personas;
  const person = (name: string | undefined) => (name ? id(`person ${name}`) : null);
  await portal.gateway.seedPersonas({
    manager: { name: manager.name, person: person(manager.person) },
    engineer: { name: engineer.name, person: person(engineer.person) },
    ops: { name: ops.name, person: person(ops.person) },
  });
  say(`  ${group.people.length} people, ${group.projects.length} projects, ${holidays.length} holidays`);
  say('First start: importing a sample handbook …');
  say(`  ${await importHandbook(ask, careOf(group, today, id))} pages`);
}

/** Public holidays of every year that the group's weeks touch, as records. */
async function holidayCommands(
  ask: Ask,
  regions: string[],
  group: SampleGroup,
  today: string,
  id: (name: string) => string,
): Promise<Command[]> {
  const first = Number(dayOf(today, group.weeks.from, 0).slice(0, 4));
  const last = Number(dayOf(today, group.weeks.to, 6).slice(0, 4));
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const lists = regions.flatMap((region) =>
    years.map(async (year) => {
      const { items } = HolidayProposals.parse(await ask('GET', `/holidays/proposals?region=${region}&year=${year}`));
      return items.map(
        (day): Command => ({
          do: 'create',
          kind: 'holiday',
          id: id(`holiday ${region} ${day.date} ${day.name}`),
          record: { ...day, region, sample: true },
        }),
      );
    }),
  );
  return (await Promise.all(lists)).flat();
}

async function importHandbook(ask: Ask, care: ReadonlyMap<string, string>): Promise<number> {
  const root = join(folder, 'handbook');
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const named = files.map((entry) => {
    const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
    const text = readFileSync(join(root, path), 'utf8');
    const lines = care.get(path.replace(/(?:\/index)?\.md$/, ''));
    return [path, new TextEncoder().encode(lines ? text.replace(/^---\n/, `---\n${lines}\n`) : text)] as const;
  });
  let view = ImportView.parse(await ask('POST', '/imports?source=sample&into=&sample=true', zipSync(Object.fromEntries(named))));
  while (view.state === 'waiting' || view.state === 'running') {
    await pause(50);
    view = ImportView.parse(await ask('GET', `/imports/${view.id}`));
  }
  if (view.state === 'failed') throw new Error(`The sample handbook could not be imported: ${view.error}`);
  return view.report.created + view.report.unchanged + view.report.updated;
}

/** Owners and reviews by path as lines of front matter, so that a page with them is as its source made it. */
function careOf(group: SampleGroup, today: string, id: (name: string) => string): Map<string, string> {
  return new Map(
    group.care.pages.map(({ path, owners, everyWeeks, reviewedWeeksAgo }) => {
      const people = owners.map((name) => `person:${id(`person ${name}`)}`).join(', ');
      return [path, `owners: ${people}\nreview_every_weeks: ${everyWeeks}\nreviewed_at: ${dayOf(today, -reviewedWeeksAgo, 0)}`];
    }),
  );
}
