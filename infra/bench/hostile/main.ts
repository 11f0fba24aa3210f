import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { PortalProcess, Reply } from '@sidekick/portal/testing';
import { zipSync } from 'fflate';
import { figure } from '../measure.ts';
import { emptyPortal, importFiles, indexed, madeUpPages } from '../portal.ts';
import { hostileQueries } from './queries.ts';
import { hostileFrontMatter, hostileMerges, hostileTexts } from './texts.ts';
import { hostileZips } from './zips.ts';

const hold = '/livez ≤ 100 ms';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

type Play = (what: string, act: () => Promise<string>) => Promise<void>;

/** Plays one thing after the other; prints for each what it came to, its time, and the longest that `/livez` took meanwhile. */
function player(livez: Worker): { play: Play; worst(): [number, string] } {
  const longest = async (): Promise<number> => {
    livez.postMessage('how long');
    const [ms] = (await once(livez, 'message')) as [number];
    return ms;
  };
  let worst: [number, string] = [0, ''];
  return {
    worst: () => worst,
    async play(what, act) {
      await longest();
      const began = performance.now();
      const outcome = await act();
      const ms = performance.now() - began;
      const waited = await longest();
      if (waited > worst[0]) worst = [waited, what];
      figure(what.slice(0, 60), `${outcome} in ${ms.toFixed(0)} ms, /livez ${waited.toFixed(0)} ms${waited > 100 ? ' !!' : ''}`, hold);
    },
  };
}

const saidOf = ({ status, body }: Reply): string => (status < 300 ? String(status) : `${status} ${String(body?.type).split(':').at(-1)}`);

async function playTexts({ command }: PortalProcess, play: Play): Promise<void> {
  let n = 0;
  for (const [name, body] of hostileTexts) {
    await play(`preview: ${name}`, async () =>
      saidOf(await command.open('/api/v1/pages/preview', { method: 'POST', body: { body, path: 'x' } })),
    );
    const path = `hostile/p${++n}`;
    await play(`save: ${name}`, async () =>
      saidOf(await command.open('/api/v1/pages', { method: 'POST', body: { path, title: name, body } })),
    );
    await play(`read: ${name}`, async () => saidOf(await command.open(`/api/v1/pages/find?path=${path}`)));
  }
}

async function playMerges(portal: PortalProcess, play: Play): Promise<void> {
  for (const [at, [name, { base, ours, theirs }]] of hostileMerges.entries()) {
    const source = `merge-${at}`;
    await importFiles(portal, source, { 'a.md': bytes(base) });
    const { body: page } = await portal.command.open(`/api/v1/pages/find?path=${source}/a`);
    const headers = { 'if-match': `"${page.version}"` };
    const edited = await portal.command.open(`/api/v1/pages/${page.id}`, { method: 'PATCH', body: { body: ours }, headers });
    if (edited.status !== 200) throw new Error(`the edit was refused: ${saidOf(edited)}`);
    await play(`merge: ${name}`, async () => {
      const { report } = await importFiles(portal, source, { 'a.md': bytes(theirs) });
      return report.kept.length > 0 ? 'kept' : 'merged';
    });
  }
}

async function playImports({ command }: PortalProcess, play: Play): Promise<void> {
  let n = 0;
  const send = async (raw: Uint8Array): Promise<string> => {
    const sent = await command.open(`/api/v1/imports?source=zip-${++n}`, {
      method: 'POST',
      raw,
      headers: { 'content-type': 'application/zip' },
    });
    if (sent.status !== 202) return saidOf(sent);
    for (;;) {
      const { body } = await command.open(`/api/v1/imports/${sent.body.id}`);
      if (body.endedAt !== null) return `${body.state}, ${body.report.created} pages, ${body.report.failed.length} failed`;
      await pause(20);
    }
  };
  for (const [name, front] of hostileFrontMatter) {
    const file = front.startsWith('+++') ? `${front}\nText\n` : `---\n${front}\n---\nText\n`;
    await play(`front matter: ${name}`, () => send(zipSync({ 'a.md': bytes(file) })));
  }
  for (const [name, make] of hostileZips) {
    const raw = make();
    await play(`zip: ${name}`, () => send(raw));
  }
}

async function playQueries(portal: PortalProcess, play: Play): Promise<void> {
  await importFiles(portal, 'made-up', madeUpPages(10_000));
  await indexed(portal, 'unique9999word');
  for (const query of hostileQueries) {
    const path = `/api/v1/search?q=${encodeURIComponent(query)}`;
    await play(`query: ${query}`, async () => saidOf(await portal.command.open(path)));
    await play(`completion: ${query}`, async () => saidOf(await portal.command.open(`${path}&typing=true`)));
  }
}

/** Texts, zips and queries made to hold up a portal: how long each takes, and how long everybody else waits meanwhile. */
export async function benchHostile(only?: string): Promise<void> {
  const portal = await emptyPortal();
  const livez = new Worker(new URL('./livez.ts', import.meta.url), { workerData: portal.url });
  const { play, worst } = player(livez);
  try {
    const parts = { texts: playTexts, merges: playMerges, imports: playImports, queries: playQueries };
    for (const [name, run] of Object.entries(parts)) if (!only || only === name) await run(portal, play);
  } finally {
    await livez.terminate();
    await portal.close();
  }
  const [ms, what] = worst();
  figure('hostile, the longest that /livez waited', `${ms.toFixed(0)} ms (${what})`, '≤ 100 ms');
}
