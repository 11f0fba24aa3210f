import { randomUUID } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet, { type HelmetOptions } from 'helmet';

/** Sets the headers of helmet. They depend on no request, so helmet says them once: it would take a tenth of a page read. */
export function securityHeaders(options: HelmetOptions = {}): (res: ServerResponse) => void {
  const req = new IncomingMessage(new Socket());
  const model = new ServerResponse(req);
  helmet(options)(req, model, (error) => {
    if (error) throw error;
  });
  const headers = Object.entries(model.getHeaders()).map(([name, value]) => [name, String(value)] as const);
  return (res) => {
    for (const [name, value] of headers) res.setHeader(name, value);
  };
}

/** The id that a request brings, or a new one: it joins the log lines of the parts that a request touches. */
export function requestIdOf(req: IncomingMessage): string {
  const given = req.headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}
