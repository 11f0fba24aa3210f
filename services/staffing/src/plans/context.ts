import { Ulid } from '@sidekick/contracts';
import { NotFound } from '@sidekick/service-kit';
import type { Collection } from '@sidekick/store';
import { z } from 'zod';
import type { StaffingContext } from '../routing/context.ts';
import type { Plan, PlanIndex } from './plan.ts';
import type { PlanQueue } from './queue.ts';

/** What the routes of plans work with. */
export interface PlanContext extends StaffingContext {
  readonly plans: Collection<Plan, PlanIndex>;
  readonly queue: PlanQueue;
}

/** Whom plans are for. */
export const planners = ['manager'] as const;
export const PlanParams = z.strictObject({ id: Ulid });

/** A plan as it is now, also while it runs. Throws NotFound. */
export async function planOf({ queue }: PlanContext, id: string): Promise<Plan> {
  const plan = await queue.get(id);
  if (!plan) throw new NotFound('no-plan', 'There is no such plan; it may have been removed');
  return plan;
}
