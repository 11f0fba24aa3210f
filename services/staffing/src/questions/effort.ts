import type { Question } from '@sidekick/contracts';
import { InvalidInput } from '@sidekick/service-kit';
import { daysIn, weeksIn } from './buckets.ts';
import { isOfMoney } from './rows-of-money.ts';

/** Weeks that one request may ask for: those of each question, of a figure of the whole group for each person. About a second of work. */
const mostWeeksAsked = 100_000;

type Ranges = { weeks?: [string, string]; eachWeek?: [string, string]; eachDay?: [string, string]; days?: [string, string] };

function weeksOf({ weeks, eachWeek, eachDay, days }: Ranges): number {
  const [byWeek, byDay] = [weeks ?? eachWeek, eachDay ?? days];
  if (byWeek) {
    const [first, last] = weeksIn(byWeek);
    return last - first + 1;
  }
  if (!byDay) return 1;
  const { from, to } = daysIn(byDay);
  return Math.ceil((to - from + 1) / 7);
}

/** Whether every person or project is looked at. */
const ofAll = ({ what, args }: Question): boolean =>
  what === 'fairness' ||
  ((what === 'utilisation' || what === 'remaining') && args.person === undefined) ||
  (what === 'coverageRatio' && args.project === undefined);

/** All work that there ever was on a project is gone over for each week; what it costs day by day. */
const weightOf = ({ what }: Question): number => (what === 'knowledgeOverTime' ? 60 : isOfMoney(what) ? 104 : 1);

/** Throws InvalidInput `too-much-asked` for questions that would hold up everybody else, and what their ranges throw. */
export function refuseTooMuch(questions: readonly Question[], people: number): void {
  const weeks = questions.reduce(
    (sum, question) => sum + weeksOf(question.args as Ranges) * (ofAll(question) ? Math.max(1, people) : weightOf(question)),
    0,
  );
  if (weeks <= mostWeeksAsked) return;
  const message = `These questions span ${weeks} weeks of people and projects, and one request at most ${mostWeeksAsked}; ask in parts`;
  throw new InvalidInput('too-much-asked', message, [{ path: 'questions', message }]);
}
