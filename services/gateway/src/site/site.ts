import { randomBytes } from 'node:crypto';
import { encodingFor, InvalidInput, type Logger, NotFound, Unavailable } from '@sidekick/service-kit';
import type { Request, RequestHandler, Response } from 'express';
import type { Forward } from '../forward/forward.ts';
import type { Callers } from '../sessions/callers.ts';
import { type Asset, readAssets, sendAsset } from './assets.ts';
import { appCsp, diagramCsp } from './csp.ts';
import { gzipOfParts } from './gzip-parts.ts';
import { type PageAnswer, pageReader } from './pages.ts';
import { isScreen } from './screens.ts';
import { type Fill, type Template, templateOf } from './template.ts';

export interface SiteDeps {
  webRoot: string;
  /** Hosts whose pictures pages may show. */
  imageHosts?: readonly string[];
  forward: Forward;
  callers: Callers;
  log: Logger;
}

export interface Site {
  /** Reads the built web UI. */
  load(): Promise<void>;
  handle: RequestHandler;
}

const diagramFrame = '/mermaid.html';
const shell: Omit<Fill, 'nonce'> = { title: 'Sidekick', app: '', data: '' };

/** Every address outside `/api`: files of the web UI, pages of the handbook with their text in them, and the app for the rest. */
export function siteOf({ webRoot, imageHosts = [], forward, callers, log }: SiteDeps): Site {
  let assets = new Map<string, Asset>();
  let template: Template | null = null;
  const readPage = pageReader(forward);
  const page = async (req: Request, res: Response, path: string) => {
    const caller = await callers.of(req);
    const requestId = String(res.getHeader('x-request-id'));
    const asker = { signed: caller?.signed ?? null, requestId };
    const answer: PageAnswer = await readPage(path, asker).catch((error: unknown) => {
      log.warn({ err: error, requestId }, 'a page is served without its text');
      return { status: 503, fill: shell };
    });
    if (answer.status === 503) res.setHeader('retry-after', '2');
    if (answer.status === 301) redirect(req, res, answer.location);
    // What is missing names the address beside titles that only some may read: its length would tell of them (BREACH).
    else await sendHtml(req, res, template, { ...answer, imageHosts, pack: answer.status === 200 || asker.signed === null });
  };
  return {
    load: async () => {
      assets = await readAssets(webRoot);
      const index = await assets.get('/index.html')?.bytes('identity');
      template = index ? templateOf(index.toString('utf8')) : null;
    },
    handle: async (req, res) => {
      if (req.method !== 'GET' && req.method !== 'HEAD') throw new NotFound('not-found', 'There is nothing here');
      const { path } = req;
      const asset = path === '/index.html' ? undefined : assets.get(path);
      if (asset) return sendFile(req, res, path, asset);
      if (path === '/p' || path.startsWith('/p/')) return page(req, res, pagePath(path));
      if (path.startsWith('/assets/')) throw new NotFound('not-found', 'There is nothing here');
      const answer = isScreen(path) ? { status: 200, fill: shell } : { status: 404, fill: { ...shell, title: 'Not found · Sidekick' } };
      await sendHtml(req, res, template, { ...answer, imageHosts, pack: true });
    },
  };
}

/** Depends on who asks, so no shared cache may keep it. */
function personal(res: Response): void {
  res.setHeader('cache-control', 'private, no-cache');
  res.setHeader('vary', 'Cookie');
}

interface Sent {
  status: number;
  fill: Omit<Fill, 'nonce'>;
  imageHosts: readonly string[];
  pack: boolean;
}

async function sendHtml(req: Request, res: Response, template: Template | null, { status, fill, imageHosts, pack }: Sent): Promise<void> {
  if (!template) throw new Unavailable('no-web-ui', 'The web UI is not built', { retryAfter: 10 });
  const nonce = randomBytes(16).toString('base64');
  res.setHeader('content-security-policy', appCsp(nonce, imageHosts));
  personal(res);
  res.status(status).type('html');
  const parts = template({ ...fill, nonce });
  const accepted = req.headers['accept-encoding'] ?? '';
  if (pack) res.appendHeader('vary', 'Accept-Encoding');
  if (!pack || encodingFor(accepted.replaceAll('br', '')) !== 'gzip') return void res.send(parts.join(''));
  const bytes = await gzipOfParts(parts);
  res.setHeader('content-encoding', 'gzip');
  res.setHeader('content-length', bytes.length);
  res.end(req.method === 'HEAD' ? undefined : bytes);
}

function redirect(req: Request, res: Response, location: string): void {
  const query = req.url.includes('?') ? req.url.slice(req.url.indexOf('?')) : '';
  personal(res);
  res.redirect(301, location + query);
}

function sendFile(req: Request, res: Response, path: string, asset: Asset): Promise<void> {
  if (path === diagramFrame) {
    res.setHeader('content-security-policy', diagramCsp);
    res.removeHeader('x-frame-options');
  }
  // The sandboxed frame has no origin of its own: what it loads is read across origins.
  if (asset.hashed) {
    res.setHeader('access-control-allow-origin', '*');
    res.setHeader('cross-origin-resource-policy', 'cross-origin');
  }
  return sendAsset(req, res, asset);
}

/** The path of a page from its address. Throws InvalidInput for what does not decode. */
function pagePath(path: string): string {
  try {
    return path.slice('/p/'.length).split('/').filter(Boolean).map(decodeURIComponent).join('/');
  } catch {
    throw new InvalidInput('invalid-request', 'The address cannot be read');
  }
}
