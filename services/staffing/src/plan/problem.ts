import { dayOf, isoWeek, type Span, type Week, weekOf, weekSpan, weeksSpan } from '@sidekick/calendar';
import type { Person, Project } from '@sidekick/contracts';
import { InvalidInput } from '@sidekick/service-kit';
import type { Figures } from '../figures/index.ts';
import { keyOf } from '../state/names.ts';
import { lockedIn, type PlanError } from './locks.ts';
import { confirmedWork, type Ground, isSlot, pairKey, plannedWeek } from './rules.ts';

/** What is asked of a plan: weeks are ISO labels, both ends included; "P…" and "O…" are the readings of ADR 35. */
export interface PlanRequest {
  readonly weeks: readonly [string, string];
  /** Tentative work takes hours as confirmed work does (P5). */
  readonly reserveTentative: boolean;
  /** Projects that a person may be sidekick of in a week (P6). */
  readonly maxSidekickProjects: number;
  /** Weeks that somebody stays at least, or the whole run where that is shorter (P7). */
  readonly minStay: number;
  /** Different people planned on a project over the range (P8). */
  readonly maxSidekicks: number;
  readonly locks: readonly PlanLock[];
  readonly forbid: readonly { readonly person: string; readonly project: string }[];
}

/** Weeks that somebody is planned in whatever else is (P10). */
export interface PlanLock {
  readonly person: string;
  readonly project: string;
  readonly weeks: readonly [string, string];
}

/** A person of a problem; lists go by the weeks of the range. */
export interface PlanPerson {
  readonly id: string;
  /** Σ net hours of the week. */
  readonly capacity: readonly number[];
  /** Hours that planned work may take, with the 0.01 h that is no over-allocation (P5). */
  readonly free: readonly number[];
  /** Confirmed effective hours in every role (O2). */
  readonly confirmed: readonly number[];
  /** Projects that the person may yet become sidekick of (P6). */
  readonly places: readonly number[];
  /** Of the whole range: Σ net, and confirmed effective hours as sidekick (O4). */
  readonly net: number;
  readonly sidekickHours: number;
}

export interface PlanProject {
  readonly id: string;
  /** What a filled week is worth: 2^(5 − priority) (O1). */
  readonly worth: number;
}

/** A maximal sequence of consecutive slots of a project (P7); weeks by their number in the range. */
export interface PlanRun {
  readonly project: number;
  readonly first: number;
  readonly last: number;
  /** Weeks that a stay has at least. */
  readonly stay: number;
}

/** A useful triple (P4). */
export interface PlanTriple {
  readonly person: number;
  readonly project: number;
  readonly week: number;
  readonly run: number;
  /** Effective hours of the planned week (P3). */
  readonly hours: number;
}

/** Somebody who can be planned on a project at all, and what each week of it is worth at O3. */
export interface PlanPair {
  readonly person: number;
  readonly project: number;
  /** Warm 2, cooling 1, cold 0. */
  readonly warmth: number;
  readonly volunteers: boolean;
  readonly wishes: boolean;
  readonly fit: number;
}

/** A plan's problem in numbers: plain data that another process can take. All lists are sorted by id, so that one input has one problem. */
export interface PlanProblem {
  readonly weeks: readonly string[];
  readonly people: readonly PlanPerson[];
  readonly projects: readonly PlanProject[];
  /** How many slots there are (P1). */
  readonly slots: number;
  readonly runs: readonly PlanRun[];
  /** By project, person, week. */
  readonly triples: readonly PlanTriple[];
  readonly pairs: readonly PlanPair[];
  readonly maxSidekicks: number;
  /** Numbers of triples (P10). */
  readonly locked: readonly number[];
  /** What the locks break by themselves; whether any plan holds them all (P7) is only found by solving. */
  readonly error: PlanError | null;
}

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
