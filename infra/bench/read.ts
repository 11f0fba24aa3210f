import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import autocannon from 'autocannon';
import express from 'express';
import { figure } from './measure.ts';
import { emptyPortal, importFiles, madeUpPages } from './portal.ts';

/** Requests a second of one address, 10 connections for 5 s. */
async function rate(url: string): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({ url, connections: 10, duration: 5 });
  if (non2xx > 0 || errors > 0) throw new Error(`${url}: ${non2xx} answers were no success, ${errors} errors`);
  return requests.average;
}

/** DESIGN §12: a page read through the gateway against a bare Express handler that answers the same bytes, alternating, same run. */
export async function benchRead(): Promise<void> {
  const portal = await emptyPortal();
  await importFiles(portal, 'made-up', madeUpPages(250));
  const path = '/api/v1/pages/find?path=made-up/area-0/page-0';
  const bytes = (await portal.command.open(path, { bytes: true })).body as Buffer;
  const app = express();
  app.get('/page', (_req, res) => void res.type('application/json').send(bytes));
  const bare = createServer(app).listen(0, '127.0.0.1');
  await once(bare, 'listening');
  const bareUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/page`;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    theirs.push(await rate(bareUrl));
    ours.push(await rate(portal.url + path));
  }
  const best = Math.max(...ours);
  const bareBest = Math.max(...theirs);
  bare.close();
  await portal.close();
  figure(
    'page read through the gateway',
    `${best.toFixed(0)} a second, bare Express ${bareBest.toFixed(0)}: ${((best / bareBest) * 100).toFixed(0)} %`,
    '≥ 50 %',
  );
}
