import {
  countWords,
  dayOf,
  dayWords,
  hoursWords,
  isoDay,
  isoWeek,
  listWords,
  meet,
  openTo,
  type Span,
  type Week,
  weekSpan,
  weeksSpan,
} from '@sidekick/calendar';
import type { CoverageState, Decision, Project } from '@sidekick/contracts';
import { slotOf } from '../candidates/candidates.ts';
import type { Gap } from '../figures/index.ts';
import { missingIn } from '../skills/levels.ts';
import { couldWords } from './help.ts';
import { type Outlook, startOfRun } from './outlook.ts';

type GapDecision = Extract<Decision, { kind: 'gap' }>;

const stateWords: { readonly [S in CoverageState]: string } = {
  alone: 'alone',
  none: 'without a sidekick',
  tentative: 'tentative',
  off: 'off',
  thin: 'thin',
  'below-skill': 'below skill',
  covered: 'covered',
};

const crewNames = (outlook: Outlook, people: Iterable<string>) => listWords([...new Set(people)].map(outlook.shortName));
const weeksOf = ({ from, states }: Gap): Week[] => states.map((_, index) => from + index);

const titleOf = (outlook: Outlook, project: Project, gap: Gap, span: Span): string => {
  const when = outlook.rangeWords(gap.open ? { ...span, to: null } : span);
  const begins = dayOf(project.from);
  switch (gap.states[0]) {
    case 'none':
      return begins >= outlook.today && begins === span.from
        ? `${project.name} starts ${dayWords(begins, outlook.today)} without a sidekick`
        : `${project.name} has no sidekick ${when}`;
    case 'tentative': {
      const people = [...new Set(outlook.figures.crew(project.id, gap.from).tentative)];
      return `${project.name}: ${crewNames(outlook, people)} ${people.length === 1 ? 'is' : 'are'} tentative ${when}`;
    }
    default:
      return `${project.name} is ${stateWords[gap.states[0] ?? 'none']} ${when}`;
  }
};

/** The weeks of the gap in another state than its first, e.g. `alone 21 Dec – 27 Dec`. */
const otherStates = (outlook: Outlook, { from, states }: Gap): string[] => {
  const words: string[] = [];
  for (let index = 1; index < states.length; ) {
    let end = index;
    while (states[end + 1] === states[index]) end++;
    const state = states[index];
    if (state && state !== states[0]) words.push(`${stateWords[state]} ${outlook.rangeWords(weeksSpan(from + index, from + end))}`);
    index = end + 1;
  }
  return words;
};

/** Leads and sidekicks of the gap who are on leave in it. */
const leaveWords = (outlook: Outlook, project: Project, gap: Gap): string | undefined => {
  const { figures } = outlook;
  const away = weeksOf(gap).flatMap((week) => {
    const { leads, sidekicks, coverage } = figures.crew(project.id, week);
    const asked = coverage === 'alone' ? [...leads, ...sidekicks] : coverage === 'off' || coverage === 'thin' ? sidekicks : [];
    return asked.filter((person) => figures.leaveDays(person, weekSpan(week)) > 0);
  });
  const people = [...new Set(away)];
  return people.length === 0 ? undefined : `${crewNames(outlook, people)} ${people.length === 1 ? 'is' : 'are'} on leave`;
};

/** What the sidekicks of a gap below skill miss. */
const skillWords = (outlook: Outlook, project: Project, gap: Gap): string | undefined => {
  const at = gap.states.indexOf('below-skill');
  if (at < 0) return undefined;
  const missing = outlook.figures.crew(project.id, gap.from + at).sidekicks.flatMap((person) => {
    const short = missingIn(outlook.figures.state.person.get(person)?.record.skills ?? [], project.requiredSkills);
    return short ? [`${outlook.shortName(person)} has ${short.skill} ${short.level} of ${short.required}`] : [];
  });
  return missing.length === 0 ? undefined : listWords(missing);
};

const helpWords = (outlook: Outlook, project: Project, span: Span): string => {
  const slot = slotOf(outlook.figures, project.id, 'sidekick', span, project.wantedHours, isoDay(outlook.today));
  const nobody = outlook.figures.state.person.size === 0 ? 'Nobody is there to ask' : 'Nobody has the skill and the hours for all of it';
  return couldWords(outlook, slot) ?? nobody;
};

const isOpen = (state: CoverageState | null) => state !== null && state !== 'covered';

const decisionOf = (outlook: Outlook, project: Project, gap: Gap): GapDecision[] => {
  const dates = { from: dayOf(project.from), to: openTo(project.to) };
  const span = meet(meet(weeksSpan(gap.from, gap.to), dates), { from: outlook.today, to: Number.POSITIVE_INFINITY });
  // The project ended earlier this week: nothing is left to decide.
  if (span.from > span.to) return [];
  const length = `${countWords(gap.states.length, 'week')}, ${hoursWords(gap.hours)}${gap.open ? ' in the two years ahead' : ''}`;
  const causes = [leaveWords(outlook, project, gap), skillWords(outlook, project, gap)].filter((words) => words !== undefined);
  const sentences = [[length, ...otherStates(outlook, gap)].join('; '), ...causes, helpWords(outlook, project, span)];
  return [
    {
      kind: 'gap',
      id: `gap:${project.id}:${isoWeek(startOfRun(gap.from, (week) => isOpen(outlook.figures.coverage(project.id, week))))}`,
      ...outlook.dated(span),
      title: titleOf(outlook, project, gap, meet(weeksSpan(gap.from, gap.to), dates)),
      detail: `${sentences.join('. ')}.`,
      project: project.id,
      weeks: weeksOf(gap).map((week, index) => ({ week: isoWeek(week), state: gap.states[index] ?? 'none' })),
      hours: gap.hours,
      ...(gap.open ? { open: true } : {}),
    },
  ];
};

/** One decision a gap that touches the outlook, from this week to its own end. */
export const gapDecisions = (outlook: Outlook): GapDecision[] =>
  [...outlook.figures.state.project.values()].flatMap(({ record: project }) =>
    outlook.figures.wholeGaps(project.id, outlook.first, outlook.last, outlook.first).flatMap((gap) => decisionOf(outlook, project, gap)),
  );
