import type { CoverageState, Decision, DecisionsAnswer, RecordKind } from '@sidekick/contracts';
import type { Figures } from '../figures/index.ts';
import type { Kind } from '../kinds/kind.ts';
import { budgetDecisions } from './budgets.ts';
import { contractDecisions } from './contracts.ts';
import { gapDecisions } from './gaps.ts';
import { type Outlook, outlookOf } from './outlook.ts';
import { leaveDecisions, overDecisions } from './people.ts';
import { placeDecisions } from './places.ts';
import { leadDecisions, proposalDecisions } from './projects.ts';
import { calendarDecisions, spellingDecisions } from './records.ts';

const kinds: readonly Decision['kind'][] = [
  'gap',
  'open-lead',
  'open-place',
  'leave-request',
  'over-allocated',
  'budget-runs-out',
  'no-calendar',
  'skill-spellings',
  'proposal',
  'contract-end',
];
type Readers = Kind<RecordKind>['readers'];
const sources: Record<Readers, readonly ((outlook: Outlook) => Decision[])[]> = {
  everybody: [
    gapDecisions,
    leadDecisions,
    leaveDecisions,
    overDecisions,
    calendarDecisions,
    spellingDecisions,
    proposalDecisions,
    contractDecisions,
  ],
  /** What is told beside it: of records that are for them alone, and of places that they fill. */
  managers: [budgetDecisions, placeDecisions],
};
/** Worst first, as coverage decides it (A16). */
const states: readonly CoverageState[] = ['alone', 'none', 'tentative', 'off', 'thin', 'below-skill'];

const worst = (decision: Decision): number =>
  decision.kind === 'gap' ? Math.min(...decision.weeks.map(({ state }) => states.indexOf(state))) : 0;

interface Ranked {
  readonly decision: Decision;
  readonly worst: number;
}

/** The day to decide by, then the day it begins, then the kind, the worst coverage and the id, so that the order is always the same. */
const byUrgency = ({ decision: a, worst: worstOfA }: Ranked, { decision: b, worst: worstOfB }: Ranked): number =>
  (a.decideBy < b.decideBy ? -1 : a.decideBy > b.decideBy ? 1 : 0) ||
  (a.from < b.from ? -1 : a.from > b.from ? 1 : 0) ||
  kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
  worstOfA - worstOfB ||
  (a.id < b.id ? -1 : 1);

/**
 * `GET /decisions`: what needs a decision in `weeks` weeks from the one of `today` (ISO), most urgent first. Texts name people and
 * projects, never why somebody is away. A matter that runs already begins today.
 */
export const decisionsOf = (figures: Figures, today: string, weeks: number, readers: Readers = 'everybody'): DecisionsAnswer => {
  const outlook = outlookOf(figures, today, weeks);
  const told = readers === 'managers' ? [...sources.everybody, ...sources.managers] : sources.everybody;
  const ranked = told.flatMap((of) => of(outlook)).map((decision): Ranked => ({ decision, worst: worst(decision) }));
  return { head: figures.state.head, today, items: ranked.sort(byUrgency).map(({ decision }) => decision) };
};
