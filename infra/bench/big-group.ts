import type { Command } from '@sidekick/contracts';
import { dayOf, sampleIds } from '@sidekick/portal/sample';
import { creating, each } from './creating.ts';

interface Size {
  people: number;
  projects: number;
}

/** A made-up group around a day, as change sets: five assignments a project, and leave; the same on every run. */
export function bigGroupCommands(today: string, { people, projects }: Size): Command[][] {
  const id = sampleIds('bench');
  const person = (n: number) => id(`person ${n % people}`);
  const create = creating(id);
  const persons = each(people, (n) =>
    create('person', `person ${n}`, {
      patterns: [{ from: dayOf(today, -60, 0), hours: n % 5 === 0 ? [8, 8, 8, 0, 0, 0, 0] : [8, 8, 8, 8, 8, 0, 0] }],
      skills: [{ skill: ['go', 'python', 'postgres', 'gis'][n % 4], level: 1 + (n % 5) }],
      private: { name: `Person ${String(n).padStart(3, '0')}`, email: null, note: null },
    }),
  );
  const agreed = each(projects, (n) =>
    create('project', `project ${n}`, {
      name: `Project ${String(n).padStart(3, '0')}`,
      client: `Client ${n % 17}`,
      from: dayOf(today, -(n % 9), 0),
      to: dayOf(today, 12 + (n % 30), 6),
      priority: 1 + (n % 5),
    }),
  );
  const work = each(projects, (n) =>
    each(5, (slot) =>
      create('assignment', `assignment ${n} ${slot}`, {
        person: person(n * 5 + slot * 41),
        project: id(`project ${n}`),
        role: slot === 0 ? 'lead' : slot < 3 ? 'sidekick' : 'contributor',
        from: dayOf(today, slot === 2 ? 6 : -(n % 9), 0),
        to: dayOf(today, slot === 1 ? 3 + (n % 5) : 12 + (n % 30), 4),
        hoursPerWeek: 4 + ((n + slot) % 5) * 4,
        state: (n + slot) % 7 === 0 ? 'tentative' : 'confirmed',
      }),
    ),
  ).flat();
  const leave = each(people, (n) =>
    create('timeOff', `leave ${n}`, {
      person: person(n),
      from: dayOf(today, n % 20, 0),
      to: dayOf(today, n % 20, n % 5),
      state: 'approved',
    }),
  );
  return [persons, agreed, work, leave];
}
