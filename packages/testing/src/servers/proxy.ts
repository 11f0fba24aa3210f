import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A stretch of network between a client and a server, to be cut. */
export interface Proxy {
  /** The server's address by way of the proxy. */
  url: string;
  /** Resets every connection and refuses new ones, as when the server is gone. */
  cut(): Promise<void>;
  /** Takes connections and bytes and passes nothing on, as when the server hangs. */
  pause(): void;
  /** Passes on what `passes` lets through of what clients send; a connection that sends anything else waits from there on. */
  holdBut(passes: (bytes: Buffer) => boolean): void;
  /** Connections that `holdBut` lets wait. */
  held(): number;
  /** Ends `cut`, `pause` and `holdBut`; what was held back goes on. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function proxyTo(target: string): Promise<Proxy> {
  const url = new URL(target);
  const pairs = new Set<readonly [Socket, Socket]>();
  const waiting = new Map<Socket, () => void>();
  let passes: ((bytes: Buffer) => boolean) | null = null;
  let paused = false;
  let port = 0;

  const server = createServer((client) => {
    const upstream = connect(Number(url.port), url.hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [upstream, client] as const]) {
      from.on('data', (bytes: Buffer) => {
        if (from !== client || !passes || passes(bytes)) return void to.write(bytes);
        from.pause();
        waiting.set(from, () => to.write(bytes));
      });
      from.on('error', () => {});
      from.on('close', () => {
        to.destroy();
        waiting.delete(from);
        pairs.delete(pair);
      });
    }
    if (paused) hold(pair);
  });
  const hold = (pair: readonly [Socket, Socket]) => {
    for (const socket of pair) socket.pause();
  };
  const listen = async () => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const cut = async () => {
    const closed = server.listening ? new Promise<void>((resolve) => server.close(() => resolve())) : undefined;
    for (const [client, upstream] of pairs) {
      client.resetAndDestroy();
      upstream.destroy();
    }
    await closed;
  };
  await listen();
  const through = new URL(target);
  through.host = `127.0.0.1:${port}`;
  return {
    url: through.toString(),
    cut,
    pause() {
      paused = true;
      for (const pair of pairs) hold(pair);
    },
    holdBut(these) {
      passes = these;
    },
    held: () => waiting.size,
    async mend() {
      paused = false;
      passes = null;
      for (const goOn of waiting.values()) goOn();
      waiting.clear();
      for (const pair of pairs) for (const socket of pair) socket.resume();
      if (!server.listening) await listen();
    },
    close: cut,
  };
}
