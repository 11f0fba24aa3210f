import { type Day, dayWords, hoursWords, isoDay, listWords, openTo } from '@sidekick/calendar';
import type { Decision, Project } from '@sidekick/contracts';
import type { Burn } from '../figures/index.ts';
import { currencyOf } from '../settings/settings.ts';
import type { Outlook } from './outlook.ts';

const isoOrNull = (day: Day | null) => (day === null ? null : isoDay(day));

/** How much more than the budget all confirmed work takes, and which hours no rate prices: amounts are told beside the words. */
function detailOf({ budget, spent, forecast, runsOut, unpriced, open }: Burn): string {
  const [money, hours] = [spent.money + forecast.money, spent.hours + forecast.hours];
  const over = [
    ...(runsOut.money === null ? [] : [`money by ${shareWords(money, budget?.money ?? 0)}`]),
    ...(runsOut.hours === null ? [] : [`hours by ${hoursWords(hours - (budget?.hours ?? 0))}`]),
  ];
  const unseen = unpriced.reduce((sum, one) => sum + (one.tentative ? 0 : one.hours), 0);
  const more = unseen > 0 && budget?.money != null ? ` ${hoursWords(unseen)} have no rate and are not in it.` : '';
  return `Confirmed work ${open ? 'of the next two years' : 'to its end'} is over in ${listWords(over)}.${more}`;
}

const shareWords = (all: number, budget: number): string =>
  budget === 0 ? 'all of it' : `${Math.max(1, Math.round(((all - budget) / budget) * 100))} %`;

const overOf = ({ budget, spent, forecast, runsOut }: Burn) => ({
  money: runsOut.money === null ? null : spent.money + forecast.money - (budget?.money ?? 0),
  hours: runsOut.hours === null ? null : spent.hours + forecast.hours - (budget?.hours ?? 0),
});

function budgetDecision(outlook: Outlook, project: Project): Decision[] {
  const burn = outlook.figures.burn(project.id, outlook.today);
  const { money, hours } = burn.runsOut;
  const day = Math.min(money ?? Number.POSITIVE_INFINITY, hours ?? Number.POSITIVE_INFINITY);
  if (day > outlook.span.to) return [];
  const words = dayWords(day, outlook.today);
  const begins = Math.max(day, outlook.today);
  return [
    {
      kind: 'budget-runs-out',
      id: `budget-runs-out:${project.id}`,
      ...outlook.dated({ from: begins, to: Math.max(begins, burn.until) }),
      title: day < outlook.today ? `${project.name} is over its budget since ${words}` : `${project.name} runs out of budget on ${words}`,
      detail: detailOf(burn),
      project: project.id,
      runsOut: { money: isoOrNull(money), hours: isoOrNull(hours) },
      over: overOf(burn),
      currency: currencyOf(outlook.figures.state),
    },
  ];
}

/** Projects that go on, whose budget does not last as long as the outlook and their confirmed work. */
export const budgetDecisions = (outlook: Outlook): Decision[] =>
  [...outlook.figures.state.budget.values()].flatMap(({ record }) => {
    const project = outlook.figures.state.project.get(record.project)?.record;
    return project && openTo(project.to) >= outlook.today ? budgetDecision(outlook, project) : [];
  });
