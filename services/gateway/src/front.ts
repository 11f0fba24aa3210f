import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { allow, answerProblem, InvalidInput, type Logger } from '@sidekick/service-kit';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { ownHost } from './access/origin.ts';
import type { Callers } from './sessions/callers.ts';

export interface FrontDeps {
  api: RequestHandler;
  site: RequestHandler;
  form: RequestHandler[];
  /** The gateway's own app, which answers health and metrics. */
  own: (req: IncomingMessage, res: ServerResponse) => void;
  publicUrl: URL;
  callers: Callers;
  log: Logger;
  proxyHops: number;
}

/** The Express app that faces browsers: request id, Host, then API, form or web UI. */
export function frontOf({ api, site, form, own, publicUrl, callers, log, proxyHops }: FrontDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', proxyHops);
  const secure = headers(publicUrl);
  app.use((req, res, next) => {
    stamp(req, res, log);
    if (req.url === '/livez' || req.url === '/readyz') return own(req, res);
    if (!ownHost(publicUrl, req)) throw new InvalidInput('wrong-host', `This portal is at ${publicUrl.origin}`);
    // Every part sets the security headers of its own answers.
    return /^\/api(\/|$|\?)/.test(req.url) ? api(req, res, next) : secure(req, res, next);
  });
  app.get('/metrics', async (req, res) => {
    allow(['ops'], (await callers.of(req))?.identity ?? null);
    own(req, res);
  });
  app.post('/sign-in', ...form);
  app.use(site);
  app.use(((error, req, res, next) => secure(req, res, () => answerProblem(error, req, res, next))) satisfies ErrorRequestHandler);
  return app;
}

/** Takes a proxy's request id or makes one, for the log line of each part that a request touches. */
function stamp(req: Request, res: Response, log: Logger): void {
  const given = req.headers['x-request-id'];
  const id = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  req.headers['x-request-id'] = id;
  res.setHeader('x-request-id', id);
  let own: Logger | undefined;
  Object.defineProperty(req, 'log', {
    configurable: true,
    get: () => {
      own ??= log.child({ requestId: id });
      return own;
    },
    set: (other: Logger) => {
      own = other;
    },
  });
}

/** Until a page sets its own policy, an answer may load nothing. */
function headers(publicUrl: URL): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: publicUrl.protocol === 'https:',
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    // The sandboxed diagram frame cannot be keyed by origin; browsers want one answer for all documents of an origin.
    originAgentCluster: false,
  });
}
