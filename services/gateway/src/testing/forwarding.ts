import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { quietLog } from '@sidekick/testing';
import { type HttpForward, overHttp } from '../forward/http.ts';

export interface HttpPart {
  url: string;
  /** Method, path and body of what has reached it. */
  seen: string[];
  close(): Promise<void>;
}

export const closing = (server: Server) => async () => {
  server.closeAllConnections();
  server.close();
};
export const ok: RequestListener = (_req, res) => void res.setHeader('x-part', 'ok').end('fine');

/** A gateway with nothing but the forward, parts that answer as they are told, and the end of all of them. */
export function forwarding() {
  const opened: { close(): Promise<void> }[] = [];
  let forward: HttpForward;
  let front = '';

  async function aPart(answer: RequestListener): Promise<HttpPart> {
    const seen: string[] = [];
    const server = createServer(async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk as Buffer);
      seen.push(`${req.method} ${req.url} ${Buffer.concat(chunks).toString().slice(0, 40)}`.trim());
      answer(req, res);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const part = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, close: closing(server) };
    opened.push(part);
    return part;
  }
  async function beforeWith(options: { mostAtOnce?: number }, ...urls: string[]): Promise<void> {
    forward = overHttp({ parts: { content: urls }, log: quietLog, ...options });
    const server = createServer((req: IncomingMessage, res: ServerResponse) => forward.forward(req, res, 'content'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    front = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    opened.push({ close: closing(server) }, { close: () => forward.close() });
  }
  return {
    opened,
    aPart,
    beforeWith,
    /** Puts the gateway before these addresses. */
    before: (...urls: string[]): Promise<void> => beforeWith({}, ...urls),
    /** An address at which nobody listens any more. */
    async nobody(): Promise<string> {
      const part = await aPart(ok);
      await part.close();
      return part.url;
    },
    forward: () => forward,
    front: () => front,
    ask: (path: string, init: RequestInit = {}) => fetch(front + path, init),
    async close(): Promise<void> {
      for (const { close } of opened.splice(0).reverse()) await close();
    },
  };
}
