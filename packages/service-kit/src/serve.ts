import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { requestIdOf } from './security.ts';
import { refusal, refuseUnreadable } from './unreadable.ts';

export interface Served {
  /** Address as bound, e.g. `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly server: Server;
  /**
   * For `drainSeconds` every answer says `Connection: close`; then stops listening and ends idle connections.
   * Resolves when the last answer is out, at the latest after `graceSeconds` (decision 11).
   */
  close(options: { drainSeconds: number; graceSeconds: number }): Promise<void>;
}

/** Listens. Rejects with the system's error (EADDRINUSE, EACCES) when it cannot. Port 0 takes a free one. */
export async function serve(app: RequestListener, options: { host: string; port: number }): Promise<Served> {
  let draining = false;
  const open = new Set<ServerResponse>();
  const sayGoodbye = (res: ServerResponse) => void (res.headersSent || res.setHeader('connection', 'close'));
  // Without a Host the app refuses it in a problem document of its own.
  const server = createServer({ requireHostHeader: false }, (req, res) => {
    open.add(res);
    res.on('close', () => open.delete(res));
    if (draining) sayGoodbye(res);
    freeAfter(req, res);
    app(req, res);
  });
  server.on('clientError', (error, socket) => {
    const isUnderWay = [...open].some((res) => res.socket === socket && res.headersSent && !res.writableEnded);
    refuseUnreadable(error, socket, isUnderWay);
  });
  server.on('checkExpectation', (req, res) => {
    const { body, headers } = refusal(417, requestIdOf(req));
    res.writeHead(417, headers).end(body);
  });
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 66_000;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    server,
    async close({ drainSeconds, graceSeconds }) {
      draining = true;
      // Also those under way: a connection that is kept after one of them could still be idle when all such are ended.
      for (const res of open) sayGoodbye(res);
      await pause(drainSeconds * 1000);
      // What a busy process has received and not read yet makes a connection look idle: it is read before those are ended.
      await new Promise((resolve) => setImmediate(resolve));
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceSeconds * 1000);
      await closed;
      clearTimeout(timer);
    },
  };
}

/**
 * An answer may come before its request has been sent whole, such as that of an upload that is too large. The rest is read to its
 * end and dropped, or the connection ends where nobody can read it any more: the next request over it, behind a proxy somebody
 * else's, would wait for ever.
 */
function freeAfter(req: IncomingMessage, res: ServerResponse): void {
  const { socket } = req;
  res.on('finish', () => {
    if (req.complete) return;
    const end = () => void (req.complete || socket.destroySoon());
    if (req.destroyed || req.listenerCount('readable') > 0) return end();
    req.once('close', end);
    req.resume();
  });
}
