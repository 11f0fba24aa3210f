import { isoWeek, type Week, weekSpan, weeksSpan } from '@sidekick/calendar';
import type { PlanFigures } from '@sidekick/contracts';
import type { Figures } from '../figures/index.ts';

/** The group over some weeks, both ends included. */
export function planFiguresOf(figures: Figures, first: Week, last: Week): PlanFigures {
  const span = weeksSpan(first, last);
  const { covered, needed } = figures.coverageCount(null, first, last);
  return {
    ...{ covered, needed },
    ...coverOf(figures, first, last),
    ...loadOf(figures, first, last),
    utilisation: figures.utilisation(null, span),
    fairness: figures.fairness(span),
  };
}

function coverOf(figures: Figures, first: Week, last: Week) {
  const cover = { gaps: 0, aloneWeeks: 0, sidekickHours: 0 };
  for (const project of figures.state.project.keys()) {
    cover.gaps += figures.gaps(project, first, last).length;
    for (let week = first; week <= last; week++) {
      const { coverage, sidekickHours } = figures.crew(project, week);
      cover.sidekickHours += sidekickHours;
      if (coverage === 'alone') cover.aloneWeeks++;
    }
  }
  return cover;
}

function loadOf(figures: Figures, first: Week, last: Week) {
  const over = new Set<string>();
  let hoursOver = 0;
  let peak: PlanFigures['peak'] = null;
  for (const person of figures.state.person.keys()) {
    for (let week = first; week <= last; week++) {
      const days = weekSpan(week);
      const hours = figures.overHours(person, days);
      if (hours > 0) over.add(person);
      hoursOver += hours;
      const net = figures.net(person, days);
      const share = net > 0 ? figures.confirmed(person, days) / net : 0;
      if (share > 0 && share > (peak?.share ?? 0)) peak = { share, person, week: isoWeek(week) };
    }
  }
  return { peopleOver: over.size, hoursOver, peak };
}
