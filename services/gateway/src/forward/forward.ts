import type { IncomingMessage, ServerResponse } from 'node:http';

/** A small request of the gateway's own to a part. */
export interface PartRequest {
  /** Path and query as the part knows them, e.g. `/pages/find?path=a`. */
  path: string;
  /** Signed identity of the one it asks for; null for nobody. */
  signed: string | null;
  requestId: string;
  /** Milliseconds after which it is given up; 5,000 by default. */
  patience?: number;
}

export interface PartAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** How the gateway reaches the other parts: within the process, or over HTTP. */
export interface Forward {
  /** Hands a request on: the part answers it through `res`. `req.url` and `req.headers` are already as the part may see them. */
  forward(req: IncomingMessage, res: ServerResponse, part: string): void;
  /** Reads from a part. Throws Unavailable when it does not answer within a few seconds. */
  ask(part: string, request: PartRequest): Promise<PartAnswer>;
  /** Reads from every replica of a part that has an address of its own; null from one that does not answer. */
  askAll(part: string, request: PartRequest): Promise<{ address: string; answer: PartAnswer | null }[]>;
}
