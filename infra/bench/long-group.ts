import type { Command } from '@sidekick/contracts';
import { dayOf, sampleIds } from '@sidekick/portal/sample';
import { creating, each } from './creating.ts';

/** Weeks that the work of a group spreads over, the last of them after today. */
const past = 180;
const ahead = 30;
/** Work that a person has at once. */
const tracks = 3;
/** A change set of so many commands stays below its 4 MB. */
const most = 4_000;

/** A made-up group that has been here for years: so many assignments in all, one after the other in three rows a person; the same on every run. */
export function longGroupCommands(today: string, people: number, assignments: number): Command[][] {
  const id = sampleIds('bench timeline');
  const projects = Math.max(30, Math.round(people * 0.6));
  const create = creating(id);
  const persons = each(people, (n) =>
    create('person', `person ${n}`, {
      patterns: [{ from: dayOf(today, -past - 1, 0), hours: n % 5 === 0 ? [8, 8, 8, 0, 0, 0, 0] : [8, 8, 8, 8, 8, 0, 0] }],
      private: { name: `Person ${String(n).padStart(3, '0')}`, email: null, note: null },
    }),
  );
  const agreed = each(projects, (n) =>
    create('project', `project ${n}`, {
      name: `Project ${String(n).padStart(3, '0')}`,
      client: `Client ${n % 17}`,
      from: dayOf(today, -past - 1, 0),
    }),
  );
  const perTrack = Math.ceil(assignments / people / tracks);
  const length = (past + ahead) / perTrack;
  const work = each(assignments, (n) => {
    const [who, turn] = [n % people, Math.floor(n / people)];
    const [track, place] = [turn % tracks, Math.floor(turn / tracks)];
    const from = -past + Math.floor(place * length);
    return create('assignment', `assignment ${n}`, {
      person: id(`person ${who}`),
      project: id(`project ${(who * tracks + track * 11 + place * 7) % projects}`),
      role: turn % 5 === 0 ? 'lead' : turn % 5 < 3 ? 'sidekick' : 'contributor',
      from: dayOf(today, from, 0),
      to: dayOf(today, Math.max(from, -past + Math.floor((place + 1) * length) - 1), 4),
      hoursPerWeek: 4 + (n % 3) * 2,
      state: n % 7 === 0 ? 'tentative' : 'confirmed',
    });
  });
  const leave = each(people, (n) =>
    create('timeOff', `leave ${n}`, {
      person: id(`person ${n}`),
      from: dayOf(today, n % 20, 0),
      to: dayOf(today, n % 20, n % 5),
      state: 'approved',
    }),
  );
  const sets = each(Math.ceil(work.length / most), (n) => work.slice(n * most, (n + 1) * most));
  return [persons, agreed, ...sets, leave];
}
