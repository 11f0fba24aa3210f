import type { RequestListener } from 'node:http';
import {
  allow,
  answerProblem,
  beginRequest,
  type Disk,
  forRequest,
  InvalidInput,
  type Logger,
  type Metrics,
  requestIdOf,
  securityHeaders,
  sendProblem,
  setHeaders,
} from '@sidekick/service-kit';
import express, { type Express, type RequestHandler } from 'express';
import { byCommand, ownHost } from './access/origin.ts';
import type { ApiHandler } from './forward/api.ts';
import { joinMetrics } from './metrics.ts';
import type { MonitoringAccess } from './sessions/monitoring-access.ts';

export interface FrontDeps {
  api: ApiHandler;
  site: RequestHandler;
  form: RequestHandler[];
  /** The gateway's own app, which answers health and metrics. */
  own: RequestListener;
  publicUrl: URL;
  ownAddress: string | undefined;
  monitoringAccess: MonitoringAccess;
  log: Logger;
  disks: readonly Disk[];
  metrics: Metrics;
  /** Of the other parts of this process. */
  partMetrics: () => Promise<string[]>;
}

/**
 * What faces browsers: request id, Host, then API, form or web UI. Requests of the API pass no Express app here, for the
 * part that answers them is one.
 */
export function frontOf(deps: FrontDeps): RequestListener {
  const { api, own, publicUrl, ownAddress, log, metrics, disks } = deps;
  const secure = securityHeaders(policy(publicUrl));
  const pages = pagesOf(deps);
  return (req, res) => {
    const requestId = requestIdOf(req);
    const url = req.url ?? '/';
    if (url === '/livez' || url === '/readyz') return own(req, res);
    const handling = beginRequest(req, res, { name: 'gateway', log, metrics });
    const { traceparent } = handling.origin;
    if (traceparent) req.headers['traceparent'] = traceparent;
    const fail = (error: unknown): void => {
      if (!res.headersSent) setHeaders(res, secure);
      if (!sendProblem(error, res, log, disks)) res.destroy();
    };
    forRequest(req, res, handling, () => {
      // Monitoring asks each replica by its own address, with a token.
      if (url !== '/metrics' && !ownHost(publicUrl, req) && !byCommand(ownAddress, req))
        return fail(new InvalidInput('wrong-host', `This portal is at ${publicUrl.origin}`));
      // Every part sets the security headers of its own answers.
      if (/^\/api(\/|$|\?)/.test(url)) return void api(req, res, { fail, handling }).catch(fail);
      handling.operation = 'site';
      setHeaders(res, secure);
      res.setHeader('x-request-id', requestId);
      pages(req, res);
    });
  };
}

/** A token that may read how the portal is may read its figures. */
const metricsAccess = { access: ['ops'], operation: 'readSystem' } as const;

/** Everything but the API. */
function pagesOf({ site, form, monitoringAccess, log, disks, metrics, partMetrics }: FrontDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.get('/metrics', async (req, res) => {
    if (!monitoringAccess.isMonitoring(req)) allow(metricsAccess, (await monitoringAccess.of(req))?.identity ?? null);
    res.type(metrics.registry.contentType).send(joinMetrics([await metrics.registry.metrics(), ...(await partMetrics())]));
  });
  app.post('/sign-in', ...form);
  app.use(site);
  app.use(answerProblem(log, disks));
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
