import { countWords, type Day, dayWords, isoDay, listWords, openTo, type Span, type Week, weekOfDay } from '@sidekick/calendar';
import type { Assignment, Decision } from '@sidekick/contracts';
import { type Outlook, ofName } from './outlook.ts';
import { capital, workOf, workWords } from './people.ts';

/** Days before the end of a contract at which it is told, and at which it is told again. */
const [firstNotice, lastNotice] = [8 * 7, 2 * 7];
/** Weeks after the end in which cover is looked for. */
const lookedAfter = 8;
/** Most projects named in one line; the number of the rest is told. */
const mostNamed = 3;

/** What a project lacks in the weeks after somebody's contract. */
interface Loss {
  readonly project: string;
  /** Weeks that were covered while the person was there, and are not then. */
  readonly weeks: number;
  /** Who leads it then, with nobody to back them up. */
  readonly alone: readonly string[];
  /** Nobody leads it in some of these weeks. */
  readonly leaderless: boolean;
}

/** The projects that the person leads or backs up to the end, in the weeks after it, by what they lose. */
function lossesOf({ figures }: Outlook, work: readonly Assignment[], ends: Day): Loss[] {
  const last = weekOfDay(ends);
  const after = Array.from({ length: lookedAfter }, (_, index): Week => weekOfDay(ends + 1) + index);
  const projects = [...new Set(work.filter(({ role }) => role !== 'contributor').map(({ project }) => project))];
  return projects.flatMap((project): Loss[] => {
    const before = figures.crew(project, last);
    const then = after.map((week) => figures.crew(project, week));
    const lost = before.coverage === 'covered' ? then.filter(({ coverage }) => coverage !== null && coverage !== 'covered') : [];
    const leaderless = before.leading.length > 0 && then.some(({ active, leading }) => active && leading.length === 0);
    if (lost.length === 0 && !leaderless) return [];
    return [{ project, weeks: lost.length, alone: [...new Set(lost.flatMap(({ leading }) => leading))], leaderless }];
  });
}

/** `6 project-weeks lose cover in the 8 weeks after: Atlas (Ana is left alone). Nobody leads Data Hub.` */
function lossWords(outlook: Outlook, losses: readonly Loss[]): string {
  const weeks = losses.reduce((sum, one) => sum + one.weeks, 0);
  const uncovered = losses.filter((one) => one.weeks > 0);
  const named = uncovered.slice(0, mostNamed).map(({ project, alone }) => {
    const whom = alone.length > 0 ? ` (${listWords(alone.map(outlook.shortName))} ${alone.length === 1 ? 'is' : 'are'} left alone)` : '';
    return `${outlook.projectName(project)}${whom}`;
  });
  const more = uncovered.length > mostNamed ? [countWords(uncovered.length - mostNamed, 'more project')] : [];
  const cover =
    weeks === 0
      ? `No project loses cover in the ${lookedAfter} weeks after`
      : `${countWords(weeks, 'project-week')} ${weeks === 1 ? 'loses' : 'lose'} cover in the ${lookedAfter} weeks after: ${listWords([...named, ...more])}`;
  const leaderless = losses.filter((one) => one.leaderless).map(({ project }) => outlook.projectName(project));
  return `${cover}.${leaderless.length > 0 ? ` Then nobody leads ${listWords(leaderless)}.` : ''}`;
}

const leftWords = (days: number): string => {
  if (days === 0) return 'today is the last day';
  return days % 7 === 0 ? `in ${countWords(days / 7, 'week')}` : `in ${countWords(days, 'day')}`;
};

/**
 * Contracts that end inside the outlook while their person has confirmed work: a handover begins. It is to be decided by the day before the
 * end, from eight weeks before it by the last day with two weeks to go, and within those two weeks today, so that it comes up twice.
 */
export const contractDecisions = (outlook: Outlook): Decision[] =>
  [...outlook.figures.state.person.values()].flatMap(({ record: { id, contract } }): Decision[] => {
    const ends = openTo(contract.to);
    if (ends < outlook.today || ends > outlook.span.to) return [];
    const span: Span = { from: ends, to: ends };
    const work = workOf(outlook, id, span);
    if (work.length === 0) return [];
    const left = ends - outlook.today;
    const { decideBy, ...dates } = outlook.dated(span);
    const byNotice = outlook.dated({ from: ends - lastNotice, to: ends }).decideBy;
    const isNear = left <= firstNotice;
    return [
      {
        kind: 'contract-end',
        id: `contract-end:${id}`,
        ...dates,
        decideBy: left <= lastNotice ? isoDay(outlook.today) : isNear ? byNotice : decideBy,
        title: `${ofName(outlook.name(id))} contract ends ${dayWords(ends, outlook.today)}${isNear ? `, ${leftWords(left)}` : ''}`,
        detail: `${capital(workWords(outlook, work))} until then: hand over, or extend the contract. ${lossWords(outlook, lossesOf(outlook, work, ends))}`,
        person: id,
      },
    ];
  });
