import { SettingsBody, SettingsView } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { recordRoutes } from './record.routes.ts';

export const settingsRoutes = (context: StaffingContext): Route[] =>
  recordRoutes(context, {
    kind: 'settings',
    root: '/settings',
    one: 'Settings',
    many: 'AllSettings',
    view: SettingsView,
    body: SettingsBody,
    writers: ['manager'],
    filters: {},
    keep: () => true,
  });
