// A bare Express handler that answers the bytes of a file, in a process of its own: what `bench read` compares with.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';

const bytes = readFileSync(process.argv[2] ?? '');
const app = express();
app.get('/page', (_req, res) => void res.type('application/json').send(bytes));
const server = createServer(app).listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page`);
