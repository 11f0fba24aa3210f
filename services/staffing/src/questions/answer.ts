import { dayOf, isoDay, isoWeek, meet, type Span, weekSpan, weeksIn } from '@sidekick/calendar';
import type { Question } from '@sidekick/contracts';
import { InvalidInput } from '@sidekick/service-kit';
import { fairnessOf } from '../fairness/fairness.ts';
import type { Figures } from '../figures/index.ts';
import { absenceFactorOf } from '../knowledge/knowledge.ts';
import { peopleOf } from '../teams/people-of.ts';
import { type Buckets, bucketsOf, daysIn, drawnWeeks, weeksIn as weeksAsked, wholeWeeks } from './buckets.ts';
import { crewOf, knowledgeOverTimeOf, loadOf, wholeGapsOf } from './drawn.ts';
import { runsOutOn, sidekickCost } from './rows-of-money.ts';

type Asked<W extends Question['what']> = Extract<Question, { what: W }>['args'];

/** Answers one bucket, or the list of single answers. */
const each = (what: string, args: Buckets, one: (span: Span) => unknown): unknown => {
  const { spans, list } = bucketsOf(what, args);
  const answers = spans.map(one);
  return list ? answers : answers[0];
};

const ratio = (covered: number, needed: number) => (needed === 0 ? null : covered / needed);

const absenceTest = (figures: Figures, { person, days }: Asked<'absenceTest'>) => {
  const test = figures.absenceTest(person, daysIn(days));
  return { ...test, changed: test.changed.map((change) => ({ ...change, week: isoWeek(change.week) })) };
};

const gaps = (figures: Figures, { project, weeks }: Asked<'gaps'>) =>
  figures.gaps(project, ...weeksAsked(weeks)).map(({ from, to, states }) => ({
    from: isoWeek(from),
    to: isoWeek(to),
    weeks: states.length,
    states,
  }));

const wholeGaps = (figures: Figures, { project, weeks }: Asked<'wholeGaps'>, today: string) => {
  const all = drawnWeeks(weeks);
  return wholeGapsOf(figures, project, all[0] ?? 0, all.at(-1) ?? 0, dayOf(today));
};

const overAllocated = (figures: Figures, args: Asked<'overAllocated'>) => {
  if (args.weeks || args.days)
    throw new InvalidInput('wrong-bucket', 'overAllocated is judged by day or by week; ask with eachWeek for a range');
  return each('overAllocated', args, (span) => figures.overAllocated(args.person, span, args.withTentative));
};

/** Of a range week by week: hours left in one week do not make up for those over in another. */
const overHours = (figures: Figures, { person, withTentative, ...args }: Asked<'overHours'>) =>
  each('overHours', args, (span) =>
    weeksIn(span).reduce((sum, week) => sum + figures.overHours(person, meet(weekSpan(week), span), withTentative), 0),
  );

const coverage = (figures: Figures, args: Asked<'coverage'>) => {
  if (args.weeks || args.days) throw new InvalidInput('wrong-bucket', 'coverage is a state of one week; ask with eachWeek for a range');
  return each('coverage', args, (span) => figures.coverage(args.project, wholeWeeks('coverage', span)[0]));
};

const coverageRatio = (figures: Figures, args: Asked<'coverageRatio'>) =>
  each('coverageRatio', args, (span) => {
    const { covered, needed } = figures.coverageCount(args.project ?? null, ...wholeWeeks('coverageRatio', span));
    return ratio(covered, needed);
  });

/** The one person, those of the team, or (null) everybody. */
function whose(figures: Figures, what: string, { person, team }: { person?: string | undefined; team?: string | undefined }, path: string) {
  if (person !== undefined && team !== undefined) throw new InvalidInput('person-or-team', `${what} is that of a person or of a team`);
  return person ?? (team === undefined ? null : peopleOf(figures.state, team, `${path}.team`));
}

const utilisation = (figures: Figures, args: Asked<'utilisation'>, path: string) => {
  const people = whose(figures, 'utilisation', args, path);
  return each('utilisation', args, (span) => figures.utilisation(people, span, args.withTentative));
};

const remaining = (figures: Figures, args: Asked<'remaining'>, path: string) => {
  const people = [whose(figures, 'remaining', args, path) ?? peopleOf(figures.state, undefined)].flat();
  return each('remaining', args, (span) => people.reduce((sum, person) => sum + figures.remaining(person, span, args.withTentative), 0));
};

const fairness = (figures: Figures, { team, ...args }: Asked<'fairness'>, path: string) => {
  const people = team === undefined ? undefined : peopleOf(figures.state, team, `${path}.team`);
  return each('fairness', args, (span) => figures.fairness(span, people));
};

type Kind = Question['what'];
/** How a question is answered; it may say what is wrong at a path below that of its arguments. */
interface Asking {
  readonly today: string;
  readonly path: string;
}
type Answers = { readonly [W in Kind]: (figures: Figures, args: Asked<W>, asking: Asking) => unknown };

const net = (figures: Figures, args: Asked<'net'>) => each('net', args, (span) => figures.net(args.person, span));

const answers: Answers = {
  gross: (figures, args) => each('gross', args, (span) => figures.gross(args.person, span)),
  net,
  capacity: net,
  planned: (figures, args) => each('planned', args, (span) => figures.planned(args.assignment, span)),
  effective: (figures, args) => each('effective', args, (span) => figures.effective(args.assignment, span)),
  projectPlanned: (figures, args) => each('projectPlanned', args, (span) => figures.projectPlanned(args.project, span, args.withTentative)),
  projectEffective: (figures, args) =>
    each('projectEffective', args, (span) => figures.projectEffective(args.project, span, args.withTentative)),
  shortfall: (figures, args) => each('shortfall', args, (span) => figures.shortfall(args.project, span, args.withTentative)),
  wanted: (figures, args) => each('wanted', args, (span) => figures.wanted(args.project, span)),
  remaining: (figures, args, { path }) => remaining(figures, args, path),
  utilisation: (figures, args, { path }) => utilisation(figures, args, path),
  overAllocated,
  overHours,
  coverage,
  coverageRatio,
  gaps,
  knowledge: (figures, { person, project, on }, { today }) => figures.knowledge(person, project, dayOf(on ?? today)),
  knowledgeState: (figures, { person, project, on }, { today }) => figures.knowledgeState(person, project, dayOf(on ?? today)),
  absenceFactor: (figures, { project, on }, { today }) => figures.absenceFactor(project, dayOf(on ?? today)),
  absenceFactorOf: (_figures, { values }) => absenceFactorOf(values),
  takeoverRatio: (figures, args) =>
    each('takeoverRatio', args, (span) => figures.takeoverRatio(args.project, args.lead, args.sidekick, span)),
  fairness: (figures, args, { path }) => fairness(figures, args, path),
  fairnessOf: (_figures, { values }) => fairnessOf(values),
  absenceTest,
  jointAbsence: (figures, { project, days, approve }) => figures.jointAbsence(project, daysIn(days), approve).map(isoDay),
  load: (figures, { person, weeks }) => loadOf(figures, person, drawnWeeks(weeks).map(weekSpan)),
  knows: (figures, { person, on }, { today }) => figures.knows(person, dayOf(on ?? today)),
  crew: (figures, { project, weeks }) => crewOf(figures, project, drawnWeeks(weeks)),
  wholeGaps: (figures, args, { today }) => wholeGaps(figures, args, today),
  knowledgeOverTime: (figures, { project, weeks }) => knowledgeOverTimeOf(figures, project, drawnWeeks(weeks)),
  spent: (figures, { project }, { today }) => figures.burn(project, dayOf(today)).spent.money,
  forecast: (figures, { project }, { today }) => figures.burn(project, dayOf(today)).forecast.money,
  sidekickCost: (figures, { project }, { today }) => sidekickCost(figures, project, dayOf(today)),
  runsOut: (figures, { project }, { today }) => {
    const day = runsOutOn(figures, project, dayOf(today));
    return day === null ? null : isoDay(day);
  },
};

/**
 * The answer to one question in the words of infra/docs/counting.md, unrounded; `today` (ISO) where it names no day. Throws
 * `InvalidInput`, where a record decides at a path below `path`, and `NotFound`.
 */
export const answerOf = (figures: Figures, { what, args }: Question, today: string, path = 'args'): unknown =>
  // The table pairs each kind with its own arguments, which a union of pairs does not tell the compiler.
  (answers[what] as (figures: Figures, args: unknown, asking: Asking) => unknown)(figures, args, { today, path });
