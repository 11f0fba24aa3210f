import { PageView, SourceVersion, SourceVersionChoice, Ulid } from '@sidekick/contracts';
import { NotFound, type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import { hold } from '../attachments/hold.ts';
import { logged } from '../pages/log.ts';
import { noPage, type Page, type StoredPage } from '../pages/page.ts';
import { headOf } from '../revisions/head.ts';
import { relinked, usesOf } from '../revisions/revise.ts';
import { type Link, type Revision, viewOf } from '../revisions/revision.ts';
import { answerPage } from '../serving/answer.ts';
import type { Bytes } from '../serving/bytes.ts';
import { forgetSourceVersion, noteOf } from '../sources/source-version.ts';
import type { SourceVersionNote } from '../sources/sources.ts';
import { conflict, writePage } from './edit.ts';
import { versionIn } from './if-match.ts';
import type { WritingContent } from './writing.ts';

const id = z.object({ id: Ulid });
const nothing = () => new NotFound('no-source-version', 'The source says nothing else of this page');

/** A page that was kept as edited here: what the source says stands beside it, until somebody chooses. */
export function sourceVersionRoutes(content: WritingContent, bytes: Bytes): Route[] {
  const { replica } = content;
  return [
    route({
      method: 'get',
      path: '/pages/{id}/source-version',
      operation: 'readSourceVersion',
      summary: 'What the source of a page says of it, where the last import kept the page as it is here',
      access: 'signed-in',
      params: id,
      answers: { 200: SourceVersion },
      problems: [404],
      handle: async ({ params }) => {
        const { stored, note, theirs } = await found(content, params.id);
        const { doc, version } = stored;
        const here = viewOf(await headOf(content, doc));
        const body = { page: doc._id, path: doc.path, file: note.doc.file, version, theirs: viewOf(theirs), here };
        return { status: 200, body, headers: { 'cache-control': 'private, no-cache' } };
      },
    }),
    route({
      method: 'post',
      path: '/pages/{id}/source-version',
      operation: 'settleSourceVersion',
      summary: 'Takes the text of the source, or keeps the one of the page until the source changes again',
      access: ['engineer', 'manager', 'ops'],
      params: id,
      body: SourceVersionChoice,
      answers: { 200: PageView },
      problems: [404, 412, 428],
      handle: async ({ params, body, identity, req }) => {
        const version = versionIn({ req });
        await replica.refresh();
        const { stored, note, theirs } = await found(content, params.id);
        if (stored.version !== version) throw await conflict(content, stored, version);
        const takes = body.take === 'source';
        const base = takes ? await withItsFiles(content, theirs) : theirs;
        const head = takes ? base : await headOf(content, stored.doc);
        const wanted = settled(stored.doc, { bodyHash: note.doc.bodyHash, revision: base._id }, head);
        const said = { changedAt: content.clock.now().toISOString(), changedBy: identity.name, touchedAt: Date.now() };
        const as = { head, isNew: base !== theirs, reason: takes ? 'source-taken' : 'source-settled' };
        const written = await writePage(content, stored, logged(stored, { ...wanted, ...said }), as);
        await forgetSourceVersion(content, note);
        return { ...(await answerPage(content, bytes, { req, identity }, written, 201)), status: 200 };
      },
    }),
  ];
}

async function found(content: WritingContent, page: string) {
  const stored = await content.pages.get(page);
  if (!stored) throw noPage();
  const note = await noteOf(content, page);
  const theirs = note && (await content.revisions.get(note.doc.revision))?.doc;
  if (!note || !theirs || !stored.doc.imported) throw nothing();
  return { stored: stored as StoredPage, note, theirs };
}

/** The text with its files held for the page that takes it; one that is gone meanwhile is missing, until an import brings it again. */
async function withItsFiles(content: WritingContent, theirs: Revision): Promise<Revision> {
  const links: Link[] = [];
  for (const link of theirs.links) {
    const isThere = link.to.is !== 'file' || (await hold(content, link.to.hash));
    links.push(isThere ? link : { ...link, to: { is: 'missing', path: null, anchor: '' } });
  }
  const { at, by, message, origin } = theirs;
  return links.every((link, n) => link === theirs.links[n]) ? theirs : relinked(theirs, links, { at, by, message, origin });
}

/** The source's text is the base of the next merge, whichever was chosen. */
const settled = (page: Page, { revision, bodyHash }: Pick<SourceVersionNote, 'revision' | 'bodyHash'>, head: Revision): Page => ({
  ...page,
  revision: head._id,
  ...usesOf(head.links),
  imported: page.imported && { ...page.imported, revision, bodyHash },
});
