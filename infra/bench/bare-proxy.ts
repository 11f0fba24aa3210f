// A bare Express proxy in a process of its own, before the address that it is given: what `bench apart` compares with.
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';

const target = new URL(process.argv[2] ?? '');
const agent = new Agent({ keepAlive: true });
const app = express();
app.use((req, res) => {
  const { hostname, port } = target;
  const asking = request({ agent, hostname, port, path: req.url, method: req.method, headers: req.headers }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
  });
  req.pipe(asking);
});
const server = createServer(app).listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}${target.pathname}`);
