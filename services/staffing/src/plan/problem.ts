import { dayOf, isoWeek, type Span, type Week, weekOf, weekSpan, weeksSpan } from '@sidekick/calendar';
import type { Person, Project } from '@sidekick/contracts';
import { InvalidInput } from '@sidekick/service-kit';
import type { Figures } from '../figures/index.ts';
import { keyOf } from '../state/names.ts';
import { lockedIn } from './locks.ts';
import type { PlanPair, PlanPerson, PlanProblem, PlanRequest, PlanRun, PlanTriple } from './numbers.ts';
import { confirmedWork, type Ground, isSlot, pairKey, plannedWeek } from './rules.ts';

export type { PlanLock, PlanProblem, PlanRequest, PlanTriple } from './numbers.ts';

/** More than this is no group that one plan is made for: it would not fit the memory of who solves it. */
const mostTriples = 250_000;

interface Scene extends Ground {
  readonly request: PlanRequest;
  readonly weeks: readonly Week[];
  readonly people: readonly Person[];
  readonly projects: readonly Project[];
}

const recordsById = <T extends { id: string }>(map: ReadonlyMap<string, { readonly record: T }>): T[] =>
  [...map.values()].map(({ record }) => record).sort((a, b) => (a.id < b.id ? -1 : 1));

function sceneOf(figures: Figures, request: PlanRequest): Scene {
  const [first, last] = request.weeks.map(weekOf);
  if (first === undefined || last === undefined || last < first) {
    throw new InvalidInput('no-weeks', 'A plan needs a first week and a last one that is not before it');
  }
  return {
    figures,
    request,
    work: confirmedWork(figures),
    forbidden: new Set(request.forbid.map(({ person, project }) => pairKey(person, project))),
    weeks: Array.from({ length: last - first + 1 }, (_, index) => first + index),
    people: recordsById(figures.state.person),
    projects: recordsById(figures.state.project),
  };
}

/** By person and week: how many projects have the person among their sidekicks, whatever their policy or coverage (P6). */
function placesTaken({ figures, weeks, projects }: Scene): Map<string, number[]> {
  const taken = new Map<string, number[]>();
  for (const { id } of projects) {
    weeks.forEach((week, at) => {
      for (const person of figures.crew(id, week).sidekicks) {
        const own = taken.get(person) ?? weeks.map(() => 0);
        own[at] = (own[at] ?? 0) + 1;
        taken.set(person, own);
      }
    });
  }
  return taken;
}

/** Confirmed effective hours in the role sidekick over the range, by person (A24). */
function sidekickHoursOf({ figures, work }: Scene, range: Span): Map<string, number> {
  const hours = new Map<string, number>();
  for (const one of [...work.values()].flat()) {
    if (one.role !== 'sidekick') continue;
    hours.set(one.person, (hours.get(one.person) ?? 0) + figures.effective(one.id, range));
  }
  return hours;
}

function peopleOf(scene: Scene): PlanPerson[] {
  const { figures, request, weeks, people } = scene;
  const taken = placesTaken(scene);
  const range = weeksSpan(weeks[0] ?? 0, weeks.at(-1) ?? 0);
  const sidekickHours = sidekickHoursOf(scene, range);
  return people.map(({ id }) => ({
    id,
    capacity: weeks.map((week) => figures.net(id, weekSpan(week))),
    free: weeks.map((week) => Math.max(0, figures.remaining(id, weekSpan(week), request.reserveTentative)) + 0.01),
    confirmed: weeks.map((week) => figures.confirmed(id, weekSpan(week))),
    places: weeks.map((_, at) => Math.max(0, request.maxSidekickProjects - (taken.get(id)?.[at] ?? 0))),
    net: figures.net(id, range),
    sidekickHours: sidekickHours.get(id) ?? 0,
  }));
}

function runsOf({ figures, request, weeks, projects }: Scene): PlanRun[] {
  const runs: PlanRun[] = [];
  projects.forEach(({ id }, project) => {
    for (let first = 0; first < weeks.length; first++) {
      let last = first;
      while (last < weeks.length && isSlot(figures, id, weeks[last] ?? 0)) last++;
      if (last > first) runs.push({ project, first, last: last - 1, stay: Math.min(request.minStay, last - first) });
      first = Math.max(first, last - 1);
    }
  });
  return runs;
}

function triplesOf(scene: Scene, runs: readonly PlanRun[]): PlanTriple[] {
  const triples: PlanTriple[] = [];
  scene.projects.forEach((record, project) => {
    const own = runs.flatMap((run, at) => (run.project === project ? [{ ...run, at }] : []));
    scene.people.forEach((person, who) => {
      for (const { first, last, at } of own) {
        for (let week = first; week <= last; week++) {
          const found = plannedWeek(scene, person, record, scene.weeks[week] ?? 0);
          if ('hours' in found) triples.push({ person: who, project, week, run: at, hours: found.hours });
        }
      }
    });
    if (triples.length > mostTriples) {
      throw new InvalidInput('plan-too-large', 'So many people could fill so many weeks that no plan can be made: ask for fewer weeks');
    }
  });
  return triples;
}

function pairsOf(scene: Scene, triples: readonly PlanTriple[], asOf: string): PlanPair[] {
  const { figures, people, projects } = scene;
  const on = { warm: 2, cooling: 1, cold: 0 };
  const [volunteers, wishes] = [recordsById(figures.state.volunteer), recordsById(figures.state.wish)];
  const volunteering = new Set(volunteers.map(({ person, project }) => pairKey(person, project)));
  const wished = new Set(wishes.map(({ person, skill }) => pairKey(person, keyOf(skill))));
  const pairs: PlanPair[] = [];
  let last: PlanTriple | undefined;
  for (const triple of triples) {
    const [person, project] = [people[triple.person], projects[triple.project]];
    if (!person || !project || (last?.person === triple.person && last.project === triple.project)) continue;
    last = triple;
    const warmth = on[figures.knowledgeState(person.id, project.id, dayOf(asOf))];
    const own = {
      warmth,
      volunteers: volunteering.has(pairKey(person.id, project.id)),
      wishes: project.requiredSkills.some(({ skill }) => wished.has(pairKey(person.id, keyOf(skill)))),
    };
    pairs.push({ person: triple.person, project: triple.project, ...own, fit: warmth + (own.volunteers ? 3 : 0) + (own.wishes ? 1 : 0) });
  }
  return pairs;
}

/**
 * The problem of a plan at a head. `asOf` is the ISO day on which knowledge is weighed. Throws `InvalidInput` for weeks that are none
 * (`no-weeks`) and for what is too large (`plan-too-large`); locks that cannot hold are told in the answer.
 */
export function problemOf(figures: Figures, request: PlanRequest, asOf: string): PlanProblem {
  const scene = sceneOf(figures, request);
  const runs = runsOf(scene);
  const triples = triplesOf(scene, runs);
  const problem = {
    weeks: scene.weeks.map(isoWeek),
    people: peopleOf(scene),
    projects: scene.projects.map(({ id, priority }) => ({ id, worth: 2 ** (5 - priority) })),
    slots: runs.reduce((total, { first, last }) => total + last - first + 1, 0),
    runs,
    triples,
    pairs: pairsOf(scene, triples, asOf),
    maxSidekicks: request.maxSidekicks,
  };
  return { ...problem, ...lockedIn(scene, problem, request.locks) };
}
