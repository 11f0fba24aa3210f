import type { RequestListener } from 'node:http';
import { allow, answerProblem, InvalidInput, type Logger, requestIdOf, securityHeaders, sendProblem } from '@sidekick/service-kit';
import express, { type Express, type RequestHandler } from 'express';
import { ownHost } from './access/origin.ts';
import type { ApiHandler } from './forward/api.ts';
import type { Callers } from './sessions/callers.ts';

export interface FrontDeps {
  api: ApiHandler;
  site: RequestHandler;
  form: RequestHandler[];
  /** The gateway's own app, which answers health and metrics. */
  own: RequestListener;
  publicUrl: URL;
  callers: Callers;
  log: Logger;
  proxyHops: number;
}

/**
 * What faces browsers: request id, Host, then API, form or web UI. Requests of the API pass no Express app here, for the
 * part that answers them is one.
 */
export function frontOf(deps: FrontDeps): RequestListener {
  const { api, own, publicUrl, log } = deps;
  const secure = securityHeaders(policy(publicUrl));
  const pages = pagesOf(deps);
  return (req, res) => {
    const requestId = requestIdOf(req);
    req.headers['x-request-id'] = requestId;
    res.setHeader('x-request-id', requestId);
    const url = req.url ?? '/';
    const fail = (error: unknown): void => {
      if (!res.headersSent) secure(res);
      if (!sendProblem(error, res, log)) res.destroy();
    };
    if (url === '/livez' || url === '/readyz') own(req, res);
    else if (!ownHost(publicUrl, req)) fail(new InvalidInput('wrong-host', `This portal is at ${publicUrl.origin}`));
    // Every part sets the security headers of its own answers.
    else if (/^\/api(\/|$|\?)/.test(url)) api(req, res, fail).catch(fail);
    else {
      secure(res);
      pages(req, res);
    }
  };
}

/** Everything but the API. */
function pagesOf({ site, form, own, callers, log, proxyHops }: FrontDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', proxyHops);
  app.get('/metrics', async (req, res) => {
    allow(['ops'], (await callers.of(req))?.identity ?? null);
    own(req, res);
  });
  app.post('/sign-in', ...form);
  app.use(site);
  app.use(answerProblem(log));
  return app;
}

/** Until a page sets its own policy, an answer may load nothing. */
const policy = (publicUrl: URL) => ({
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  strictTransportSecurity: publicUrl.protocol === 'https:',
  xFrameOptions: { action: 'deny' as const },
  referrerPolicy: { policy: 'same-origin' as const },
  // The sandboxed diagram frame cannot be keyed by origin; browsers want one answer for all documents of an origin.
  originAgentCluster: false,
});
