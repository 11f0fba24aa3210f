/**
 * Addresses of the web UI outside `/p/`, as its router writes them: `:name` is one part, `/*` at the end anything below or nothing.
 * The gateway answers 404 to every other address.
 */
export const screens = [
  ...[
    '/',
    '/search',
    '/sign-in',
    '/accept/:token',
    '/recover/:token',
    '/staffing',
    '/staffing/history',
    '/staffing/exchange',
    '/staffing/import',
    '/leave/*',
    '/teams/*',
    '/skills',
  ],
  ...['/people', '/people/new', '/people/:id', '/people/:id/edit', '/projects', '/projects/new', '/projects/:id', '/projects/:id/edit'],
  ...['/capacity', '/capacity/free', '/plan', '/plan/:id'],
  ...['/imports', '/imports/:id', '/new', '/edit/:id', '/history/:id', '/me', '/accounts', '/webhooks', '/webhooks/:id', '/system'],
] as const;
