import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SearchAnswer } from '@sidekick/contracts';
import type { PortalProcess } from '@sidekick/portal/testing';
import { percentile } from './measure.ts';
import { emptyPortal, importFiles, indexed } from './portal.ts';

interface Collection {
  docs: { id: string; title?: string; text?: string }[];
  queries: { id: string; text: string }[];
  /** Gains by query and document. */
  gains: Map<string, Map<string, number>>;
}

const lines = (file: string) => readFileSync(file, 'utf8').split('\n').filter(Boolean);

function read(folder: string): Collection {
  const gains: Collection['gains'] = new Map();
  for (const line of lines(join(folder, 'qrels.tsv'))) {
    const [query = '', doc = '', gain = '0'] = line.split('\t');
    const own = gains.get(query) ?? new Map<string, number>();
    gains.set(query, own.set(doc, Number(gain)));
  }
  return {
    docs: lines(join(folder, 'docs.jsonl')).map((line) => JSON.parse(line)),
    queries: lines(join(folder, 'queries.jsonl')).map((line) => JSON.parse(line)),
    gains,
  };
}

/** A document as a page: its title, and its text without the title that it may begin with. Text is no Markdown, so it is escaped. */
function pagesOf({ docs }: Collection): Record<string, Uint8Array> {
  const encoder = new TextEncoder();
  const plain = (text: string) => text.replaceAll(/[\\`*_{}[\]<>()#+\-.!|~:&$"'@/]/g, '\\$&');
  return Object.fromEntries(
    docs.map(({ title = '', text = '' }, index) => {
      const body = title && text.startsWith(title) ? text.slice(title.length) : text;
      return [`d${index}.md`, encoder.encode(`---\ntitle: ${JSON.stringify(title || '-')}\n---\n\n${plain(body)}\n`)];
    }),
  );
}

/** Discounted gain of a ranking: linear gain, log2(rank + 1). Järvelin and Kekäläinen, TOIS 20(4), 2002. */
const dcg = (gains: readonly number[]): number => gains.slice(0, 10).reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);

/** Ids of documents, best first: a page ranks by its best section. */
async function ranking(
  portal: PortalProcess,
  text: string,
  source: string,
  collection: Collection,
): Promise<{ ids: string[]; ms: number }> {
  const began = performance.now();
  const { status, body } = await portal.command.open(`/api/v1/search?type=section&limit=30&q=${encodeURIComponent(text)}`);
  const ms = performance.now() - began;
  if (status !== 200) throw new Error(`search answered ${status} for ${text}`);
  const pages = new Set(SearchAnswer.parse(body).items.flatMap((hit) => (hit.type === 'section' ? [hit.path] : [])));
  return { ms, ids: [...pages].map((path) => collection.docs[Number(path.slice(source.length + 2))]?.id ?? '') };
}

const meanOf = (scores: readonly number[]): string => (scores.reduce((sum, score) => sum + score, 0) / scores.length).toFixed(4);

/**
 * Imports a judged collection into an empty portal and measures what its search answers, query as typed. `halves`: also every
 * other query by itself, so that whoever tunes on the first half is judged by the second.
 */
export async function benchSearch(folder: string, halves: boolean): Promise<void> {
  const collection = read(folder);
  const source = basename(folder);
  const portal = await emptyPortal();
  try {
    const { report } = await importFiles(portal, source, { ...pagesOf(collection), 'last.md': new TextEncoder().encode('lastpageofall') });
    if (report.failed.length > 0) throw new Error(`${report.failed.length} pages failed: ${JSON.stringify(report.failed[0])}`);
    await indexed(portal, 'lastpageofall');
    const times: number[] = [];
    const scores: number[] = [];
    for (const { id, text } of collection.queries) {
      const gains = collection.gains.get(id) ?? new Map<string, number>();
      const ideal = [...gains.values()].filter((gain) => gain > 0).sort((a, b) => b - a);
      if (ideal.length === 0) continue;
      const { ids, ms } = await ranking(portal, text, source, collection);
      times.push(ms);
      scores.push(dcg(ids.map((doc) => gains.get(doc) ?? 0)) / dcg(ideal));
    }
    const half = (rest: number) => meanOf(scores.filter((_, at) => at % 2 === rest));
    const apart = halves ? ` (first half ${half(0)}, held out ${half(1)})` : '';
    const ms = (part: number) => percentile(times, part).toFixed(1);
    console.log(`nDCG@10 ${meanOf(scores)}${apart}, ${scores.length} queries, p50 ${ms(0.5)} ms, p95 ${ms(0.95)} ms`);
  } finally {
    await portal.close();
  }
}
