import { countWords, type Day, dayOf, dayWords, isoDay, listWords, openTo, type Week, weekOfDay } from '@sidekick/calendar';
import type { Assignment, Decision } from '@sidekick/contracts';
import { type Outlook, ofName } from './outlook.ts';
import { capital, workOf, workWords } from './people.ts';

/** Days before the end of a contract at which it is told, and at which it is told again. */
const [firstNotice, lastNotice] = [8 * 7, 2 * 7];
/** Days before the end of a contract in which work is still there to hand over: what ended sooner has its gap already. */
const lastDays = 4 * 7;
/** Weeks after the end in which cover is looked for. */
const lookedAfter = 8;
/** Most projects named in one line; the number of the rest is told. */
const mostNamed = 3;

/** What a project lacks in the weeks after somebody's contract. */
interface Loss {
  readonly project: string;
  /** Weeks that would be covered if the person stayed, and are not. */
  readonly weeks: number;
  /** Who leads it then, with nobody to back them up. */
  readonly alone: readonly string[];
  /** Nobody leads it in some of these weeks. */
  readonly leaderless: boolean;
}

/** Of each project the work that goes on longest: what somebody did there before it is over anyway. */
function lastOn(work: readonly Assignment[], ends: Day): Assignment[] {
  const until = ({ to }: Assignment): Day => Math.min(openTo(to), ends);
  return work.filter((one) => !work.some((other) => other.project === one.project && until(other) > until(one)));
}

/** The projects that the person leads or backs up towards the end, by what they lose after it that they would have if the person stayed. */
function lossesOf({ figures }: Outlook, person: string, work: readonly Assignment[], ends: Day): Loss[] {
  const weeks = Array.from({ length: lookedAfter }, (_, index): Week => weekOfDay(ends + 1) + index);
  const named = lastOn(work, ends).filter(({ role }) => role !== 'contributor');
  const ids = named.map(({ id }) => id);
  const then = figures.departure(person, ids, weeks);
  return [...new Set(named.map(({ project }) => project))].flatMap((project): Loss[] => {
    const own = then.filter((one) => one.project === project);
    const lost = own.filter(
      ({ without: { coverage }, staying }) => staying.coverage === 'covered' && coverage !== null && coverage !== 'covered',
    );
    const leaderless = own.some(({ without, staying }) => without.active && without.leading.length === 0 && staying.leading.length > 0);
    if (lost.length === 0 && !leaderless) return [];
    const alone = lost.flatMap(({ without: { leading, sidekickHours } }) => (sidekickHours > 0 ? [] : leading));
    return [{ project, weeks: lost.length, alone: [...new Set(alone)], leaderless }];
  });
}

/** `Lead on Atlas 20 h until then; sidekick on Data Hub 8 h until 18 Dec`. */
function untilWords(outlook: Outlook, work: readonly Assignment[], ends: Day): string {
  const [held, over] = [work.filter(({ to }) => openTo(to) >= ends), work.filter(({ to }) => openTo(to) < ends)];
  const whole = held.length > 0 ? [`${workWords(outlook, held)} until then`] : [];
  return capital(
    [...whole, ...over.map((one) => `${workWords(outlook, [one])} until ${dayWords(openTo(one.to), outlook.today)}`)].join('; '),
  );
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
 * Contracts whose end, or the day by which it is to be decided, lies inside the outlook while their person has confirmed work in its last
 * weeks: a handover begins. It is to be decided by the day before the end, from eight weeks before it by the last day with two weeks to go,
 * and within those two weeks today, so that it comes up twice.
 */
export const contractDecisions = (outlook: Outlook): Decision[] =>
  [...outlook.figures.state.person.values()].flatMap(({ record: { id, contract } }): Decision[] => {
    const ends = openTo(contract.to);
    const left = ends - outlook.today;
    const isNear = left <= firstNotice;
    if (left < 0 || (ends > outlook.span.to && !isNear)) return [];
    const work = workOf(outlook, id, { from: Math.max(outlook.today, ends - lastDays + 1), to: ends });
    if (work.length === 0) return [];
    const dates = outlook.dated({ from: ends, to: ends });
    const byNotice = outlook.dated({ from: ends - lastNotice, to: ends }).decideBy;
    const decideBy = left <= lastNotice ? isoDay(outlook.today) : isNear ? byNotice : dates.decideBy;
    if (ends > outlook.span.to && dayOf(decideBy) > outlook.span.to) return [];
    return [
      {
        kind: 'contract-end',
        id: `contract-end:${id}`,
        ...dates,
        decideBy,
        title: `${ofName(outlook.name(id))} contract ends ${dayWords(ends, outlook.today)}${isNear ? `, ${leftWords(left)}` : ''}`,
        detail: `${untilWords(outlook, work, ends)}: hand over, or extend the contract. ${lossWords(outlook, lossesOf(outlook, id, work, ends))}`,
        person: id,
      },
    ];
  });
