import rules from './dependency-cruiser.mjs';

const tests = '\\.(test|contract)\\.|/testing/';
/**
 * Folders of a service, the lowest first (ADR 17, 21): a file imports from its own folder and from those before it, files at the top of
 * `src` from all. Types count, tests do not. A folder that is not named here is an error too.
 */
const layers = (service, folders) => {
  const src = `^services/${service}/src/`;
  const filesOf = (some) => `${src}(${some.join('|')})/[^/]+$`;
  return [
    ...folders.map((folder, at) => ({
      name: `arrows-go-down: ${service}/${folder}`,
      severity: 'error',
      from: { path: filesOf([folder]), pathNot: tests },
      to: { path: src, pathNot: filesOf(folders.slice(0, at + 1)) },
    })),
    {
      name: `every-folder-has-its-place: ${service}`,
      severity: 'error',
      from: { path: `${src}.+/`, pathNot: [filesOf(folders), tests] },
      to: {},
    },
  ];
};

/**
 * By itself, since the parser that dependency-cruiser has without being told guesses at TypeScript and misses `export type … from`;
 * swc, which does not, reads no JSX.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    ...layers('content', [
      'text',
      'rendering',
      'access',
      'links',
      'tree',
      'pages',
      'revisions',
      'attachments',
      'sources',
      'events',
      'serving',
      'writing',
      'imports/parsing',
      'imports/navigation',
      'imports/reading',
      'imports/matching',
      'imports',
    ]),
    ...layers('search', ['text', 'documents', 'query', 'engine', 'index']),
    ...layers('staffing', [
      ...['state', 'kinds'],
      ...['skills', 'holidays', 'people', 'projects', 'assignments', 'leave', 'teams', 'rates', 'budgets', 'settings'],
      ...['volunteers', 'wishes', 'openings', 'views', 'week-notes'],
      ...['log', 'routing', 'events', 'access'],
      ...['books', 'capacity', 'coverage', 'knowledge', 'fairness', 'absence', 'money', 'figures'],
      ...['rules', 'deciding'],
      ...['questions', 'heatmap', 'free', 'timeline', 'candidates', 'decisions', 'plan'],
      ...['changes', 'following', 'records', 'sample', 'cases', 'plans'],
      ...['cells', 'header', 'entries', 'rows'].map((folder) => `exchange/sheets/${folder}`),
      'exchange/sheets',
      ...['matching', 'layouts', 'moving'].map((folder) => `exchange/sheets/${folder}`),
      ...['exchange/csv/cells', 'exchange/csv/columns', 'exchange/csv'],
      'exchange/calendars',
    ]),
    ...layers('gateway', [
      ...[
        'common',
        'keys',
        'access',
        'accounts',
        'sessions',
        'tokens',
        'views',
        'forward',
        'live',
        'sign-in',
        'managing',
        'setup',
        'webhooks',
        'site',
        'feeds',
        'system',
      ],
      'docs',
    ]),
  ],
  options: { ...rules.options, parser: 'swc' },
};
