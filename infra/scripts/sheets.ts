// npm run sheets -- FOLDER [--mutate N]: how the portal reads every capacity sheet of a folder, a line of JSON a file.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder, readSettings, startPortal } from '@sidekick/portal';
import { mutationOf, randomFrom } from '@sidekick/testing/sheets';

/** The day on which every sheet is read. */
const today = '2026-11-23';
const sheetName = /\.(?:csv|tsv|txt|xls|xlsx|xlsm)$/i;
const typeOf = (name: string): string =>
  /\.xls/i.test(name) ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv';

type Answer = Record<string, unknown>;
type Preview = (name: string, bytes: Uint8Array) => Promise<Answer>;
/** As the preview alone reads a sheet, and as moving in does, with what it would change. */
interface Ways {
  readonly read: Preview;
  readonly move: Preview;
}

async function withPortal<T>(work: (ways: Ways) => Promise<T>): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), 'sidekick-sheets-'));
  const [data, webRoot] = [join(path, 'data'), join(path, 'web')];
  mkdirSync(webRoot);
  const settings = readSettings(['--port', '0', '--data', data, '--empty', '--today', today, '--log-level', 'error'], {});
  const portal = await startPortal({ settings, folder: openDataFolder(data), webRoot, version: '0' });
  try {
    const token = await portal.gateway.issueLocalToken();
    return await work({
      read: (name, bytes) => previewAt(portal.url, token, name, bytes),
      move: (name, bytes) => moveAt(portal.url, token, name, bytes),
    });
  } finally {
    await portal.close();
    rmSync(path, { recursive: true });
  }
}

/** The reading, or the code of a refusal; a sheet beyond the size of an upload is too big. */
async function previewAt(url: string, token: string, name: string, bytes: Uint8Array): Promise<Answer> {
  const response = await fetch(`${url}/api/v1/staffing-sheets/preview?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': typeOf(name) },
    body: bytes as unknown as string,
  });
  const answer = (await response.json()) as Answer;
  if (response.status === 413) return { refused: 'too-big' };
  if (!response.ok) throw new Error(`${name}: ${response.status} ${answer['title']}`);
  return 'refused' in answer ? { refused: answer['refused'] } : answer;
}

/** How it would move in; a file of fewer bytes than a sheet can have is refused before. */
async function moveAt(url: string, token: string, name: string, bytes: Uint8Array): Promise<Answer> {
  const response = await fetch(`${url}/api/v1/staffing-sheets/moves/preview`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name, content: Buffer.from(bytes).toString('base64') }),
  });
  const answer = (await response.json()) as Answer;
  if (response.status === 413 || bytes.length === 0) return { refused: 'too-big' };
  if (!response.ok) throw new Error(`${name}: ${response.status} ${answer['title']}`);
  return answer;
}

/** Objects with their keys in order, lists in the order of what they hold: what two answers of one meaning share. */
function inOneOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => JSON.stringify(inOneOrder(one))).sort();
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, inOneOrder(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function isAsExpected(wanted: Answer, answer: Answer): boolean {
  if ('refused' in wanted) return [wanted['refused']].flat().includes(answer['refused']);
  return JSON.stringify(inOneOrder(wanted)) === JSON.stringify(inOneOrder(answer));
}

async function play(folder: string, files: readonly string[], preview: Preview): Promise<number> {
  const beside = join(folder, 'expected.json');
  const wanted = existsSync(beside) ? new Map(Object.entries(JSON.parse(readFileSync(beside, 'utf8')) as Record<string, Answer>)) : null;
  let [equal, different] = [0, 0];
  for (const file of new Set([...files, ...(wanted?.keys() ?? [])])) {
    const answer = await preview(file, readFileSync(join(folder, file)));
    console.log(JSON.stringify({ file, ...answer }));
    const one = wanted?.get(file);
    if (!one) continue;
    if (isAsExpected(one, answer)) equal += 1;
    else different += 1;
  }
  if (wanted) console.log(`${equal} as expected, ${different} different`);
  return different > 0 ? 1 : 0;
}

const longest = 2_000;

/** Sheets of the folder with a change in bytes, cells or zip each: every one ends with a reading or a refusal in time. */
async function mutate(folder: string, files: readonly string[], count: number, { read: preview, move }: Ways): Promise<number> {
  const random = randomFrom(1);
  const sheets = files.map((file) => ({ file, bytes: readFileSync(join(folder, file)) }));
  let [read, refused, late, slowest] = [0, 0, 0, 0];
  // Until the process that reads them has started.
  for (const { file, bytes } of sheets) await preview(file, bytes);
  for (let done = 0; done < count; done++) {
    const { file, bytes } = sheets[done % sheets.length] as (typeof sheets)[number];
    const began = performance.now();
    const answer = await (done % 2 === 0 ? preview : move)(file, mutationOf(bytes, random));
    const took = performance.now() - began;
    slowest = Math.max(slowest, took);
    if (took > longest) late += 1;
    if ('refused' in answer) refused += 1;
    else read += 1;
  }
  console.log(`${read} read, ${refused} refused, ${late} later than ${longest / 1_000} s; the slowest took ${Math.round(slowest)} ms`);
  return late > 0 ? 1 : 0;
}

async function main(): Promise<number> {
  const [folder, flag, count] = process.argv.slice(2);
  if (!folder || (flag !== undefined && flag !== '--mutate'))
    throw new Error('npm run sheets -- FOLDER [--mutate N], a folder of CSV and XLSX files');
  const files = readdirSync(folder)
    .filter((name) => sheetName.test(name))
    .sort();
  return withPortal((ways) => (flag ? mutate(folder, files, Number(count ?? 2_000), ways) : play(folder, files, ways.read)));
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
