import { type Day, isoDay, isoWeek, type Span, type Week, weekOfDay, weekSpan } from '@sidekick/calendar';
import type { CrewWeeks, KnowledgeOverTime, LoadWeeks, WholeGaps } from '@sidekick/contracts';
import type { Figures, Gap } from '../figures/index.ts';
import { absenceFactorOf } from '../knowledge/knowledge.ts';

/** What sums over people are made of, in each of some days or weeks. */
export const sumsOf = (figures: Figures, person: string, spans: readonly Span[]) => ({
  net: spans.map((span) => figures.net(person, span)),
  confirmed: spans.map((span) => figures.confirmed(person, span)),
  tentative: spans.map((span) => figures.tentative(person, span)),
});

/** Hours of a person in each of some days or weeks. */
export const hoursOf = (figures: Figures, person: string, spans: readonly Span[]) => {
  const each = <T>(one: (span: Span) => T) => spans.map(one);
  return {
    ...sumsOf(figures, person, spans),
    remaining: each((span) => figures.remaining(person, span)),
    over: each((span) => figures.overHours(person, span)),
    leaveDays: each((span) => figures.leaveDays(person, span)),
    employed: each((span) => figures.employed(person, span)),
  };
};

/** A person's weeks as the timeline and their page draw them. */
export const loadOf = (figures: Figures, person: string, weeks: readonly Span[]): LoadWeeks => ({
  ...hoursOf(figures, person, weeks),
  holidays: weeks.map((week) => figures.holidays(person, week).map(isoDay)),
});

const gapView = ({ from, to, open, states, hours }: Gap): WholeGaps[number] => ({
  from: isoWeek(from),
  to: isoWeek(to),
  weeks: states.length,
  states: [...states],
  hours,
  ...(open ? { open } : {}),
});

/** Gaps of a project that touch the weeks, with their own ends; one that goes on is cut at the week of `today`. */
export const wholeGapsOf = (figures: Figures, project: string, first: Week, last: Week, today: Day): WholeGaps =>
  figures.wholeGaps(project, first, last, weekOfDay(today)).map(gapView);

export const crewOf = (figures: Figures, project: string, weeks: readonly Week[]): CrewWeeks =>
  weeks.map((week) => {
    const { leads, leading, sidekicks, tentative, ...crew } = figures.crew(project, week);
    return { week: isoWeek(week), ...crew, leads: [...leads], leading: [...leading], sidekicks: [...sidekicks], tentative: [...tentative] };
  });

/** Who holds how much at the end of each week. What lies ahead is what confirmed work leads to. */
export const knowledgeOverTimeOf = (figures: Figures, project: string, weeks: readonly Week[]): KnowledgeOverTime =>
  weeks.map((week) => {
    const on = weekSpan(week).to;
    const holders = figures.holders(project, on);
    return {
      week: isoWeek(week),
      on: isoDay(on),
      holders: holders.map(({ person, hours }) => ({ person, hours })),
      absenceFactor: absenceFactorOf(holders.map(({ hours }) => hours)),
    };
  });
