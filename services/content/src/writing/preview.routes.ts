import { longestPageRequest, PreviewPage, PreviewRequest } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { ulid } from 'ulid';
import { checkLength } from '../rendering/rendering.ts';
import { revise } from '../revisions/revise.ts';
import { fileOfPage, likelyFor } from '../serving/likely.ts';
import { serveHeadings, serveHtml } from '../serving/serve.ts';
import { linkingFor } from './linking.ts';
import type { WritingContent } from './writing.ts';

export function previewRoutes(content: WritingContent): Route[] {
  const { site } = content;
  return [
    route({
      method: 'post',
      path: '/pages/preview',
      operation: 'previewPage',
      summary: 'Renders Markdown without saving it',
      access: 'signed-in',
      body: PreviewRequest,
      bodyLimit: longestPageRequest,
      answers: { 200: PreviewPage },
      problems: [413],
      handle: async ({ body, identity }) => {
        checkLength(body.body);
        await site.refresh();
        const known = site.byPath(body.path)?.doc;
        const page = known ?? { _id: ulid(), path: body.path, title: '', source: null, imported: null, jekyll: false };
        const said = { at: content.clock.now().toISOString(), by: '', message: '', origin: 'edit' } as const;
        const revision = await revise({
          page: page._id,
          title: page.title,
          body: body.body,
          ...said,
          renderer: content.rendering.forPerson(identity.account),
          ...(await linkingFor(content, page, false)),
        });
        return {
          status: 200,
          body: {
            html: content.images.show(
              serveHtml(
                revision,
                { title: page.title, file: fileOfPage(page), likelyFor: await likelyFor(revision, site, 'internal') },
                site,
                'internal',
              ),
            ),
            headings: serveHeadings(revision, page.title),
          },
        };
      },
    }),
  ];
}
