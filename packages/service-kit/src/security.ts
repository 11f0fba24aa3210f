import { randomUUID } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet, { type HelmetOptions } from 'helmet';

/** Names and values of headers. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** The headers of helmet, their names in lower case. They depend on no request, so helmet says them once: it would take a tenth of a page read. */
export function securityHeaders(options: HelmetOptions = {}): Headers {
  const req = new IncomingMessage(new Socket());
  const model = new ServerResponse(req);
  helmet(options)(req, model, (error) => {
    if (error) throw error;
  });
  return Object.entries(model.getHeaders()).map(([name, value]) => [name, String(value)] as const);
}

export function setHeaders(res: ServerResponse, headers: Headers): void {
  for (const [name, value] of headers) res.setHeader(name, value);
}

/** The id that a request brings, or a new one, which it then carries too: it joins the log lines of the parts that a request touches. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  if (typeof given === 'string' && /^[\w-]{8,64}$/.test(given)) return given;
  const made = randomUUID();
  headers['x-request-id'] = made;
  return made;
}
