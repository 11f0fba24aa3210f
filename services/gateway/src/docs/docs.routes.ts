import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NotFound, type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
const base = '/api/v1/docs';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sidekick API</title>
<link rel="stylesheet" href="${base}/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="${base}/swagger-ui-bundle.js"></script>
<script src="${base}/init.js"></script>
</body>
</html>
`;

const init = `window.SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  validatorUrl: null,
  presets: [window.SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
});
`;

const csp = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const files = new Map([
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
]);

/** `document` is OpenAPI of every part. */
export function docsRoutes(document: (requestId: string) => Promise<object>): Route[] {
  return [
    route({
      method: 'get',
      path: '/openapi.json',
      operation: 'readOpenapi',
      summary: 'This document: OpenAPI 3.1 of every part',
      access: 'public',
      answers: { 200: z.looseObject({ openapi: z.string() }) },
      handle: async ({ requestId }) => ({ status: 200, body: await document(requestId), headers: { 'cache-control': 'no-cache' } }),
    }),
    route({
      method: 'get',
      path: '/docs',
      operation: 'readDocs',
      summary: 'The API as a page to browse and try',
      access: 'public',
      answers: { 200: { media: 'text/html' } },
      handle: async () => ({
        status: 200,
        body: page,
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': csp,
          'cache-control': 'no-cache',
          'origin-agent-cluster': '?0',
        },
      }),
    }),
    route({
      method: 'get',
      path: '/docs/{file}',
      operation: 'readDocsFile',
      summary: 'Script and style of the API page',
      access: 'public',
      params: z.strictObject({ file: z.string().max(60) }),
      answers: { 200: { media: 'application/octet-stream' } },
      problems: [404],
      handle: async ({ params }) => fileAnswer(params.file),
    }),
  ];
}

async function fileAnswer(name: string) {
  const headers = (type: string) => ({ 'content-type': type, 'cache-control': 'public, max-age=86400' });
  if (name === 'init.js') return { status: 200, body: init, headers: headers('text/javascript; charset=utf-8') };
  const type = files.get(name);
  if (!type) throw new NotFound('not-found', 'There is nothing here');
  return { status: 200, body: await readFile(join(folder, name)), headers: headers(type) };
}
