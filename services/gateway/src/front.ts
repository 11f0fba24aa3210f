import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { allow, answerProblem, InvalidInput, type Logger } from '@sidekick/service-kit';
import express, { type Express, type RequestHandler } from 'express';
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

/** The Express app that faces browsers: request id, security headers, Host, then API, form or web UI. */
export function frontOf({ api, site, form, own, publicUrl, callers, log, proxyHops }: FrontDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', proxyHops);
  app.use(requestId(log));
  app.use(headers(publicUrl));
  app.get(['/livez', '/readyz'], (req, res) => own(req, res));
  app.use((req, _res, next) => {
    if (!ownHost(publicUrl, req)) throw new InvalidInput('wrong-host', `This portal is at ${publicUrl.origin}`);
    next();
  });
  app.get('/metrics', async (req, res) => {
    allow(['ops'], (await callers.of(req))?.identity ?? null);
    own(req, res);
  });
  app.use((req, res, next) => (/^\/api(\/|$|\?)/.test(req.url) ? api(req, res, next) : next()));
  app.post('/sign-in', ...form);
  app.use(site);
  app.use(answerProblem);
  return app;
}

/** Takes a proxy's request id or makes one, for the log line of each part that a request touches. */
function requestId(log: Logger): RequestHandler {
  return (req, res, next) => {
    const given = req.get('x-request-id');
    const id = given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    req.headers['x-request-id'] = id;
    res.setHeader('x-request-id', id);
    (req as { log?: Logger }).log = log.child({ requestId: id });
    next();
  };
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
