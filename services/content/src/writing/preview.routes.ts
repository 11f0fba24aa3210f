import { longestPageRequest, PreviewPage, PreviewRequest } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { ulid } from 'ulid';
import { checkLength } from '../rendering/rendering.ts';
import { revise } from '../revisions/revise.ts';
import { serveHeadings, serveHtml } from '../serving/serve.ts';
import { fileOfPage, suggestionsFor } from '../serving/suggestions.ts';
import { linkingFor } from './linking.ts';
import type { WritingContent } from './writing.ts';

export function previewRoutes(content: WritingContent): Route[] {
  const { replica } = content;
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
        await replica.refresh();
        const known = replica.byPath(body.path)?.doc;
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
                { title: page.title, file: fileOfPage(page), suggestionsFor: await suggestionsFor(revision, replica, 'internal') },
                replica,
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
