import { Ulid, WishBody, WishView } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { recordRoutes } from './record.routes.ts';

/** Engineers say what they wish to learn; managers write the wishes of everybody. */
export const wishRoutes = (context: StaffingContext): Route[] =>
  recordRoutes(context, {
    kind: 'wish',
    root: '/wishes',
    one: 'Wish',
    many: 'Wishes',
    view: WishView,
    body: WishBody,
    writers: ['manager', 'engineer'],
    filters: { person: Ulid.optional() },
    keep: (record, { person }) => person === undefined || record.person === person,
  });
