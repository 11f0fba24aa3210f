import { BudgetBody, BudgetView, Ulid } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { recordRoutes } from './record.routes.ts';

export const budgetRoutes = (context: StaffingContext): Route[] =>
  recordRoutes(context, {
    kind: 'budget',
    root: '/budgets',
    one: 'Budget',
    many: 'Budgets',
    view: BudgetView,
    body: BudgetBody,
    writers: ['manager'],
    filters: { project: Ulid.optional() },
    keep: (record, { project }) => project === undefined || record.project === project,
  });
