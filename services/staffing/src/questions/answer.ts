import { dayOf, isoDay, isoWeek, type Span } from '@sidekick/calendar';
import type { Question } from '@sidekick/contracts';
import { InvalidInput } from '@sidekick/service-kit';
import { absenceTestOf, jointAbsenceOf } from '../absence/absence.ts';
import { takeoverOf } from '../absence/takeover.ts';
import { assignmentOf, type Books, personOf, projectOf } from '../books/books.ts';
import { hoursIn } from '../books/days.ts';
import { netIn, overIn, remainingIn, utilisationOf } from '../capacity/capacity.ts';
import { counting, workIn, workOf } from '../capacity/work.ts';
import { coverageCountOf, gapsIn } from '../coverage/coverage.ts';
import { crewOf } from '../coverage/crew.ts';
import { fairnessIn, fairnessOf } from '../fairness/fairness.ts';
import { absenceFactorOf, holdersOf, knowledgeOf, warmthOf } from '../knowledge/knowledge.ts';
import { type Buckets, bucketsOf, daysIn, weeksIn, wholeWeeks } from './buckets.ts';

type Asked<W extends Question['what']> = Extract<Question, { what: W }>['args'];

/** Answers one bucket, or the list of single answers. */
const each = (what: string, args: Buckets, one: (span: Span) => unknown): unknown => {
  const { spans, list } = bucketsOf(what, args);
  const answers = spans.map(one);
  return list ? answers : answers[0];
};

const projectHours = (books: Books, what: 'planned' | 'effective', args: Asked<'projectPlanned'>, span: Span) =>
  workOf(projectOf(books, args.project), what, span, counting(args.withTentative));

const ratio = (covered: number, needed: number) => (needed === 0 ? null : covered / needed);

const absenceTest = (books: Books, { person, days }: Asked<'absenceTest'>) => {
  const test = absenceTestOf(books, person, daysIn(days));
  return { ...test, changed: test.changed.map((change) => ({ ...change, week: isoWeek(change.week) })) };
};

const gaps = (books: Books, { project, weeks }: Asked<'gaps'>) => {
  const [first, last] = weeksIn(weeks);
  return gapsIn(projectOf(books, project), first, last).map(({ from, to, states }) => ({
    from: isoWeek(from),
    to: isoWeek(to),
    weeks: states.length,
    states,
  }));
};

const overAllocated = (books: Books, args: Asked<'overAllocated'>) => {
  if (args.weeks) throw new InvalidInput('wrong-bucket', 'overAllocated is judged by day or by week; ask with eachWeek for a range');
  const person = personOf(books, args.person);
  return each('overAllocated', args, (span) => overIn(person, span, args.withTentative) > 0);
};

const coverage = (books: Books, args: Asked<'coverage'>) => {
  if (args.weeks) throw new InvalidInput('wrong-bucket', 'coverage is a state of one week; ask with eachWeek for a range');
  const project = projectOf(books, args.project);
  return each('coverage', args, (span) => crewOf(project, wholeWeeks('coverage', span)[0]).coverage);
};

const coverageRatio = (books: Books, args: Asked<'coverageRatio'>) => {
  const projects = args.project === undefined ? [...books.projects.values()] : [projectOf(books, args.project)];
  return each('coverageRatio', args, (span) => {
    const { covered, needed } = coverageCountOf(projects, ...wholeWeeks('coverageRatio', span));
    return ratio(covered, needed);
  });
};

const utilisation = (books: Books, args: Asked<'utilisation'>) => {
  const people = args.person === undefined ? [...books.people.values()] : [personOf(books, args.person)];
  return each('utilisation', args, (span) => utilisationOf(people, span, args.withTentative));
};

type Kind = Question['what'];
type Answers = { readonly [W in Kind]: (books: Books, args: Asked<W>, today: string) => unknown };

const hours =
  (what: 'planned' | 'effective') =>
  (books: Books, args: Asked<'planned'>): unknown => {
    const work = assignmentOf(books, args.assignment);
    return each(what, args, (span) => workIn(work, what, span));
  };

const net = (books: Books, args: Asked<'net'>) => {
  const person = personOf(books, args.person);
  return each('net', args, (span) => netIn(person, span));
};

const knowledge = (books: Books, { person, project, on }: Asked<'knowledge'>, today: string) =>
  knowledgeOf(projectOf(books, project), personOf(books, person).days.person.id, dayOf(on ?? today));

const answers: Answers = {
  gross: (books, args) => each('gross', args, (span) => hoursIn(personOf(books, args.person).days, 'gross', span)),
  net,
  capacity: net,
  planned: hours('planned'),
  effective: hours('effective'),
  projectPlanned: (books, args) => each('projectPlanned', args, (span) => projectHours(books, 'planned', args, span)),
  projectEffective: (books, args) => each('projectEffective', args, (span) => projectHours(books, 'effective', args, span)),
  shortfall: (books, args) =>
    each('shortfall', args, (span) => projectHours(books, 'planned', args, span) - projectHours(books, 'effective', args, span)),
  remaining: (books, args) => each('remaining', args, (span) => remainingIn(personOf(books, args.person), span, args.withTentative)),
  utilisation,
  overAllocated,
  coverage,
  coverageRatio,
  gaps,
  knowledge,
  knowledgeState: (books, args, today) => warmthOf(knowledge(books, args, today)),
  absenceFactor: (books, { project, on }, today) =>
    absenceFactorOf(holdersOf(projectOf(books, project), dayOf(on ?? today)).map((holder) => holder.hours)),
  absenceFactorOf: (_books, { values }) => absenceFactorOf(values),
  takeoverRatio: (books, args) => {
    const lead = personOf(books, args.lead).days.person.id;
    return each('takeoverRatio', args, (span) => takeoverOf(projectOf(books, args.project), lead, personOf(books, args.sidekick), span));
  },
  fairness: (books, args) => each('fairness', args, (span) => fairnessIn(books.people.values(), span)),
  fairnessOf: (_books, { values }) => fairnessOf(values),
  absenceTest,
  jointAbsence: (books, { project, days, approve }) => jointAbsenceOf(books, project, daysIn(days), approve).map(isoDay),
};

/** The answer to one question in the words of `data/staffing/README.md`, unrounded. Throws `InvalidInput` and `NotFound`. */
export const answerOf = (books: Books, { what, args }: Question, today: string): unknown =>
  // The table pairs each kind with its own arguments, which a union of pairs does not tell the compiler.
  (answers[what] as (books: Books, args: unknown, today: string) => unknown)(books, args, today);
