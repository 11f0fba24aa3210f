import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Balancer {
  readonly url: string;
  close(): Promise<void>;
}

const lookEvery = 50;

/** Hands connections on, in turns, to those addresses whose `/readyz` says 200: what a Kubernetes Service does. */
export async function balancerAt(port: number, targets: readonly string[]): Promise<Balancer> {
  let ready: readonly string[] = [];
  let turn = 0;
  let closed = false;
  const sockets = new Set<Socket>();
  const look = async (): Promise<void> => {
    const found = await Promise.all(
      targets.map((target) =>
        fetch(`${target}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      ),
    );
    ready = targets.filter((_, n) => found[n]);
    if (!closed) timer = setTimeout(() => void look(), lookEvery);
  };
  let timer: NodeJS.Timeout | undefined;
  const server = createServer((client) => {
    turn += 1;
    const target = ready[turn % ready.length];
    if (!target) return void client.resetAndDestroy();
    const { hostname, port: to } = new URL(target);
    const upstream = connect(Number(to), hostname);
    for (const [from, into] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.pipe(into);
      from.on('error', () => into.destroy());
      from.on('close', () => sockets.delete(from));
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  await look();
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      closed = true;
      clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
