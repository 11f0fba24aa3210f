import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  headers: IncomingHttpHeaders;
  text: string;
  body: { type: string; id: string; subject: string; sequence: number; data: unknown };
}
export type Answering = (res: ServerResponse, received: Received) => void;

/** A receiver of webhooks as one writes it: a server that checks signatures by itself and answers as it is told. */
export interface Receiver {
  readonly url: string;
  /** `127.0.0.1:port`, as a setting allows it. */
  readonly host: string;
  readonly got: Received[];
  /** How it answers from now on. */
  answer(how: Answering): void;
  /** Nobody listens any more, until `comeBack`. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export const ok: Answering = (res) => void res.writeHead(204).end();
export const failing =
  (status: number, body = ''): Answering =>
  (res) =>
    void res.writeHead(status).end(body);
/** Begins an answer and never ends it. */
export const hangs: Answering = (res) => {
  res.writeHead(200, { 'content-length': '1000' });
  res.write('half an answer');
};

export async function aReceiver(): Promise<Receiver> {
  const got: Received[] = [];
  let how = ok;
  const listener: RequestListener = async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const received = { headers: req.headers, text, body: JSON.parse(text) };
    got.push(received);
    how(res, received);
  };
  const open = async (port: number) => {
    const server = createServer(listener).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  let server = await open(0);
  const { port } = server.address() as AddressInfo;
  const goAway = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return {
    url: `http://127.0.0.1:${port}/hook`,
    host: `127.0.0.1:${port}`,
    got,
    answer: (next) => {
      how = next;
    },
    goAway,
    comeBack: async () => {
      server = await open(port);
    },
    close: goAway,
  };
}

/** Checks a signature by the text of the specification, with nothing of ours. */
export function isSigned({ headers, text }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const wanted = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`).digest('base64');
  return String(headers['webhook-signature']).split(' ').includes(`v1,${wanted}`);
}
