import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ImportView } from '@sidekick/contracts';
import { type Caller, type PortalProcess, portalProcess } from '@sidekick/portal/testing';
import { zipSync } from 'fflate';

/** A portal in a process of its own, in a temporary folder. */
export const emptyPortal = (): Promise<PortalProcess> => portalProcess({ args: ['--empty'] });

/** Whoever may import and search: a portal of one process, or a token for services apart. */
type Imports = { command: Caller };

/** Sends files as one zip and waits for the report. */
export async function importFiles(portal: Imports, source: string, files: Record<string, Uint8Array>): Promise<ImportView> {
  const sent = await portal.command.open(`/api/v1/imports?source=${source}&public=true`, {
    method: 'POST',
    raw: zipSync(files, { level: 1 }),
    headers: { 'content-type': 'application/zip' },
  });
  if (sent.status !== 202) throw new Error(`the import was refused: ${sent.status} ${JSON.stringify(sent.body)}`);
  let view = ImportView.parse(sent.body);
  while (view.state === 'waiting' || view.state === 'running') {
    await pause(100);
    const { body } = await portal.command.open(`/api/v1/imports/${view.id}`);
    view = ImportView.parse(body);
  }
  if (view.state === 'failed') throw new Error(`the import failed: ${view.error}`);
  return view;
}

/** Waits until the index holds everything that was imported, by a word that only the last page has. */
export async function indexed(portal: Imports, word: string): Promise<void> {
  for (;;) {
    const { body } = await portal.command.open(`/api/v1/search?exact=true&q=${word}`);
    if (body.total > 0) return;
    await pause(100);
  }
}

/** The most memory a process has held, in MiB, by the kernel's count (Linux); null elsewhere. */
export const peakMemory = (pid: number): number | null => memoryOf(pid, /VmHWM:\s+(\d+) kB/);
/** What it and all processes that it started hold now, in MiB (Linux); 0 elsewhere. What they share counts for each. */
export const memoryOfAll = (pid: number): number =>
  withChildren(pid).reduce((total, one) => total + (memoryOf(one, /VmRSS:\s+(\d+) kB/) ?? 0), 0);

/** The same of several, in MiB; what processes share, as Node's own code, counts once (Pss of proc(5)). */
export const heldByAll = (pids: readonly number[]): number =>
  pids.flatMap(withChildren).reduce((total, one) => total + (memoryOf(one, /^Pss:\s+(\d+) kB/m, 'smaps_rollup') ?? 0), 0);

function withChildren(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return [pid, ...children.flatMap(withChildren)];
  } catch {
    return [];
  }
}

function memoryOf(pid: number, pattern: RegExp, file = 'status'): number | null {
  try {
    const line = pattern.exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'));
    return line?.[1] ? Number(line[1]) / 1024 : null;
  } catch {
    return null;
  }
}

const topics =
  'service database migration queue retry timeout deploy release flag table index reader writer station parcel river basin report review owner page handbook project week cover lead sidekick plan budget client meeting backup restore alert latency error contract schema column batch tile map zoom forest soil climate ledger'.split(
    ' ',
  );

/** Words by how often they come, most first: made-up ones, with the topics in every eighth place from the tenth on. */
const vocabulary = (): string[] => {
  const syllables = 'ba ce di fo gu ha ki lo mu ne pa re si to vu wa'.split(' ');
  const made = (n: number) => [n % 16, (n >> 4) % 16, (n >> 8) % 16].map((part) => syllables[part]).join('');
  const words = Array.from({ length: 4096 }, (_, n) => made(n));
  for (const [n, topic] of topics.entries()) words.splice(10 + n * 8, 0, topic);
  return words;
};

/**
 * Pages of a made-up handbook: three sections, a list, a code block and links each; the same on every run. A word of rank r
 * comes with a frequency of 1 ÷ (r + 2.7), as in natural text (Mandelbrot 1953).
 */
export function madeUpPages(count: number): Record<string, Uint8Array> {
  let state = 7;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  const words = vocabulary();
  const sums: number[] = [];
  for (const rank of words.keys()) sums.push((sums.at(-1) ?? 0) + 1 / (rank + 2.7));
  const word = () => {
    const wanted = (next(1_000_000) / 1_000_000) * (sums.at(-1) ?? 0);
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) <= wanted) low = middle + 1;
      else high = middle;
    }
    return words[low];
  };
  const some = (length: number) => Array.from({ length }, word).join(' ');
  const encoder = new TextEncoder();
  const files: Record<string, Uint8Array> = {};
  for (let page = 0; page < count; page += 1) {
    const section = () => `## ${some(3)}\n\n${some(60)}. See [${some(2)}](page-${next(count)}.md).\n\n- ${some(6)}\n- ${some(6)}\n`;
    const code = `\`\`\`ts\nexport const value${page} = read_${word()}(${page});\n\`\`\`\n`;
    const body = `# ${some(3)} ${page}\n\n${some(40)} unique${page}word.\n\n${section()}\n${section()}\n${code}\n${section()}`;
    files[`area-${page % 50}/page-${page}.md`] = encoder.encode(
      body.replaceAll(/\(page-(\d+)\.md\)/g, (_all, to) => `(../area-${Number(to) % 50}/page-${to}.md)`),
    );
  }
  return files;
}
