import { AttachmentQuery, AttachmentsQuery, AttachmentView, FileHash, type Identity, listOf } from '@sidekick/contracts';
import { Conflict, Forbidden, NotFound, noneMatch, type Route, route } from '@sidekick/service-kit';
import { StaleVersion } from '@sidekick/store';
import { z } from 'zod';
import { cachingFor } from '../access/caching.ts';
import { mayRead } from '../access/reader.ts';
import { noPage } from '../pages/page.ts';
import type { Pages } from '../pages/pages.ts';
import { headOf } from '../revisions/head.ts';
import type { Revisions } from '../revisions/revisions.ts';
import { type Attachments, bringersOf, broughtBy, hashKey, type StoredFile } from './file.ts';
import { typeOf } from './sniff.ts';
import { forget } from './sweep.ts';
import { addFile, bytesOf } from './upload.ts';
import { uploadLimiter } from './upload-limiter.ts';
import { attachmentView } from './view.ts';

type Content = Attachments & Pages & Revisions;

const nothing = () => new NotFound('no-attachment', 'There is no such attachment');
const editors = ['engineer', 'manager', 'ops'] as const;

export function attachmentRoutes(content: Content): Route[] {
  return [readRoute(content), addRoute(content), listRoute(content), removeRoute(content)];
}

function readRoute({ replica, blobs, files }: Content): Route {
  /** As the most visible page that uses it; one that none uses yet is for who brought it, to see it while writing. */
  async function mayShow(hash: string, identity: Identity | null): Promise<boolean> {
    if (replica.usersOf(hash).some(({ doc }) => mayRead(doc, identity))) return true;
    const known = identity && (await files.byKey(hashKey(hash)));
    return known ? broughtBy(known.doc, identity.account) : false;
  }
  return route({
    method: 'get',
    path: '/attachments/{hash}/{name}',
    operation: 'readAttachment',
    summary: 'A file that a page shows; as visible as the most visible page that uses it',
    access: 'public',
    params: z.object({ hash: FileHash, name: z.string().max(300) }),
    answers: { 200: { media: 'application/octet-stream' }, 304: null },
    problems: [404],
    handle: async ({ params: { hash, name }, identity, req }) => {
      await replica.refresh();
      if (!(await mayShow(hash, identity))) throw nothing();
      // A browser takes the policy of a 304 over into what it holds, so both carry it.
      const headers = { ...cachingFor(identity), etag: `"${hash}"`, ...safely(name) };
      if (noneMatch(req, headers.etag)) return { status: 304, headers };
      const bytes = await blobs.get(hash);
      if (!bytes) throw nothing();
      return { status: 200, body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), headers };
    },
  });
}

function addRoute(content: Content): Route {
  const limited = uploadLimiter();
  return route({
    method: 'post',
    path: '/attachments',
    operation: 'addAttachment',
    summary: 'Keeps a file for a page to show; seen by others once a page does. The same bytes are one file',
    access: editors,
    query: AttachmentQuery,
    media: 'application/octet-stream',
    answers: { 201: AttachmentView },
    problems: [413],
    handle: async ({ query, identity, req }) => {
      await content.replica.refresh();
      const { file, name } = await limited(identity.account, async () => addFile(content, await bytesOf(req), query.name, identity));
      return { status: 201, body: attachmentView(content.replica, file.doc.hash, name, file.doc) };
    },
  });
}

function listRoute(content: Content): Route {
  const { replica, files, pages } = content;
  const known = async (hash: string): Promise<StoredFile | null> => (await files.byKey(hashKey(hash)))?.doc ?? null;
  return route({
    method: 'get',
    path: '/attachments',
    operation: 'listAttachments',
    summary: 'The files of a page, or all that were added here, newest first',
    access: 'signed-in',
    query: AttachmentsQuery,
    answers: { 200: listOf(AttachmentView) },
    problems: [404],
    handle: async ({ query: { page, limit, cursor } }) => {
      await replica.refresh();
      if (page === undefined) {
        const { items, nextCursor } = await files.query({ index: 'by-id', order: 'desc', limit, cursor });
        const shown = items.filter(({ doc }) => doc.state === 'kept' && doc.by !== null);
        return { status: 200, body: { items: shown.map(({ doc }) => attachmentView(replica, doc.hash, doc.name, doc)), nextCursor } };
      }
      const stored = await pages.get(page);
      if (!stored) throw noPage();
      const names = new Map((await headOf(content, stored.doc)).links.flatMap(({ to }) => (to.is === 'file' ? [[to.hash, to.name]] : [])));
      const items = await Promise.all([...names].map(async ([hash, name]) => attachmentView(replica, hash, name, await known(hash))));
      return { status: 200, body: { items, nextCursor: null } };
    },
  });
}

function removeRoute(content: Content): Route {
  const { replica, files } = content;
  return route({
    method: 'delete',
    path: '/attachments/{hash}',
    operation: 'removeAttachment',
    summary: 'Removes a file that no page uses, within two hours; whoever brought it may, and managers',
    access: editors,
    params: z.object({ hash: FileHash }),
    answers: { 204: null },
    problems: [404, 409],
    handle: async ({ params: { hash }, identity }) => {
      await replica.refresh();
      const known = await files.byKey(hashKey(hash));
      if (!known?.doc.by || known.doc.state === 'going') throw nothing();
      const isMine = broughtBy(known.doc, identity.account);
      if (!isMine && !identity.roles.includes('manager'))
        throw new Forbidden('not-yours', 'Whoever added this file can remove it, and managers can');
      const users = replica.usersOf(hash).map(({ doc }) => `“${doc.title}”`);
      if (users.length > 0) throw new Conflict('file-in-use', `Still used by ${users.slice(0, 3).join(', ')}: take it out there first`);
      const [by, ...also] = bringersOf(known.doc).filter(({ account }) => account !== identity.account);
      // Whoever else brought it may be writing with it.
      const removal = isMine && by ? files.replace(known, { ...known.doc, by, also }) : forget(content, known);
      await removal.catch((error: unknown) => {
        if (error instanceof StaleVersion) throw new Conflict('file-in-use', 'A page is being saved with this file; look again');
        throw error;
      });
      return { status: 204 };
    },
  });
}

/** Whatever the bytes hold, they run nothing on our origin. */
function safely(name: string): Record<string, string> {
  const type = typeOf(name);
  return {
    'content-type': type,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    ...(type === 'application/octet-stream' ? { 'content-disposition': 'attachment' } : {}),
  };
}
