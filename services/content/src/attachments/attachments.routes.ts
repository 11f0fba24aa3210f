import { NotFound, noneMatch, type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import type { Content } from '../content.ts';
import { cachingFor } from '../pages/answer.ts';
import { audienceOf, shows } from '../tree/reader.ts';

/** What a browser may show by itself; anything else is handed over as a file. */
const types = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['avif', 'image/avif'],
  ['bmp', 'image/bmp'],
  ['ico', 'image/x-icon'],
  ['svg', 'image/svg+xml'],
  ['pdf', 'application/pdf'],
  ['mp4', 'video/mp4'],
  ['webm', 'video/webm'],
  ['txt', 'text/plain; charset=utf-8'],
  ['csv', 'text/plain; charset=utf-8'],
  ['json', 'text/plain; charset=utf-8'],
  ['yml', 'text/plain; charset=utf-8'],
  ['yaml', 'text/plain; charset=utf-8'],
]);

const nothing = () => new NotFound('no-attachment', 'There is no such attachment');

export function attachmentRoutes({ site, blobs }: Pick<Content, 'site' | 'blobs'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/attachments/{hash}/{name}',
      operation: 'readAttachment',
      summary: 'A file that a page shows; as visible as the most visible published page that uses it',
      access: 'public',
      params: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), name: z.string().max(300) }),
      answers: { 200: { media: 'application/octet-stream' }, 304: null },
      problems: [404],
      handle: async ({ params: { hash, name }, identity, req }) => {
        await site.refresh();
        const audience = audienceOf(identity);
        if (!site.usersOf(hash).some(({ doc }) => shows(doc, audience))) throw nothing();
        // A browser takes the policy of a 304 over into what it holds, so both carry it.
        const headers = { ...cachingFor(identity), etag: `"${hash}"`, ...safely(name) };
        if (noneMatch(req, headers.etag)) return { status: 304, headers };
        const bytes = await blobs.get(hash);
        if (!bytes) throw nothing();
        return {
          status: 200,
          body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
          headers,
        };
      },
    }),
  ];
}

/** Whatever the bytes hold, they run nothing on our origin. */
function safely(name: string): Record<string, string> {
  const type = types.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase());
  return {
    'content-type': type ?? 'application/octet-stream',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    ...(type ? {} : { 'content-disposition': 'attachment' }),
  };
}
