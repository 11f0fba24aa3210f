// npm run figures -- FILE.json: plays cases of exact figures through the HTTP API, an empty portal a case.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FiguresAnswer } from '@sidekick/contracts';
import { readSettings } from '../../services/portal/src/config.ts';
import { openDataFolder } from '../../services/portal/src/data-folder.ts';
import { startPortal } from '../../services/portal/src/portal.ts';
import { commandsOf, idsOf, type NeutralCase, NeutralFile, questionOf } from '../../services/staffing/src/figures/neutral.ts';

interface Count {
  equal: number;
  different: number;
}

/** Numbers to 4 decimals as the file rounds them; lists value by value; everything else exactly. */
function compare(expected: unknown, answered: unknown, where: string, count: Count): void {
  if (Array.isArray(expected) && Array.isArray(answered) && expected.length === answered.length) {
    if (expected.length === 0) count.equal += 1;
    for (const [index, value] of expected.entries()) compare(value, answered[index], `${where}[${index}]`, count);
    return;
  }
  if (isObject(expected) && isObject(answered)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(answered)]);
    for (const name of names) compare(expected[name], answered[name], `${where}.${name}`, count);
    return;
  }
  const same =
    typeof expected === 'number' && typeof answered === 'number' ? Math.abs(expected - answered) <= 0.0001 : expected === answered;
  if (same) count.equal += 1;
  else {
    count.different += 1;
    console.log(`${where}: expected ${JSON.stringify(expected)}, answered ${JSON.stringify(answered)}`);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Ids of a portal back into those of the file, however deep. */
function backWith(neutral: (id: string) => string, value: unknown): unknown {
  if (typeof value === 'string') return neutral(value);
  if (Array.isArray(value)) return value.map((item) => backWith(neutral, item));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, backWith(neutral, item)]));
  return value;
}

async function play({ id, input, expected }: NeutralCase, count: Count): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'sidekick-figures-'));
  const settings = readSettings(['--port', '0', '--data', path, '--empty', '--today', input.asOf, '--log-level', 'error'], {});
  const portal = await startPortal({ settings, folder: openDataFolder(path), webRoot: path, version: '0' });
  try {
    const headers = { authorization: `Bearer ${await portal.gateway.issueLocalToken()}`, 'content-type': 'application/json' };
    const post = async (to: string, body: unknown) => {
      const response = await fetch(`${portal.url}/api/v1${to}`, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`${id}: ${to} answered ${response.status} ${await response.text()}`);
      return response.json();
    };
    const ids = idsOf(input);
    const commands = commandsOf(input, ids);
    const accept = ['sidekick-leads', 'over-allocated', 'outside-contract', 'outside-project', 'joint-absence'];
    if (commands.length > 0) await post('/changes', { id: '01SAMESTARTCHANGES00000000', commands, accept, reason: 'played from a file' });
    const questions = expected.map((question) => questionOf(question, input, ids));
    const { answers } = FiguresAnswer.parse(await post('/figures', { questions }));
    for (const [index, { what, args, value }] of expected.entries()) {
      compare(value, backWith(ids.neutral, answers[index]), `${id} ${what} ${JSON.stringify(args)}`, count);
    }
  } finally {
    await portal.close();
    rmSync(path, { recursive: true });
  }
}

async function main(): Promise<number> {
  const [file] = process.argv.slice(2);
  if (!file) throw new Error('npm run figures -- FILE.json, a file of the form that services/staffing/testdata holds');
  const count: Count = { equal: 0, different: 0 };
  for (const one of NeutralFile.parse(JSON.parse(readFileSync(file, 'utf8')))) await play(one, count);
  console.log(`${count.equal} equal, ${count.different} different`);
  return count.different > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
