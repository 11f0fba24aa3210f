import { TimeOff, TimeOffBody, TimeOffView, Ulid } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { recordRoutes } from './record.routes.ts';

/** Engineers ask for own time off and change or withdraw it while it is requested; managers answer. */
export const leaveRoutes = (context: StaffingContext): Route[] =>
  recordRoutes(context, {
    kind: 'timeOff',
    root: '/time-off',
    one: 'TimeOff',
    many: 'TimesOff',
    view: TimeOffView,
    body: TimeOffBody,
    writers: ['manager', 'engineer'],
    filters: { person: Ulid.optional(), state: TimeOff.shape.state.optional() },
    keep: (record, { person, state }) =>
      (person === undefined || record.person === person) && (state === undefined || record.state === state),
  });
