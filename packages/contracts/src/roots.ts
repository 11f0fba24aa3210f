/** Which part owns what lies below `/api/v1`, by the first word of the path: how the gateway finds a part that runs apart. */
export const resourceRoots = {
  content: ['pages', 'tree', 'revisions', 'edits', 'imports', 'sources', 'attachments'],
  search: ['search'],
  staffing: [
    ...['people', 'projects', 'assignments', 'time-off', 'holidays', 'skills', 'teams', 'rates', 'budgets', 'settings', 'figures'],
    ...['volunteers', 'wishes', 'openings', 'views', 'week-notes'],
    ...['timeline', 'candidates', 'changes', 'meetings', 'plans', 'scenarios', 'decisions', 'sample'],
    ...['staffing-sheets', 'staffing-export', 'staffing-import', 'calendars'],
  ],
} as const satisfies Record<string, readonly string[]>;
