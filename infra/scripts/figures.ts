// npm run figures -- FILE.json: plays cases of exact figures through the HTTP API, an empty portal a case.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FiguresAnswer } from '@sidekick/contracts';
import { openDataFolder, readSettings, startPortal } from '@sidekick/portal';
import { askAs } from '@sidekick/portal/ask';
import { commandsOf, compare, idsOf, inNeutralWords, type NeutralCase, NeutralFile, questionOf } from '@sidekick/staffing/cases';

interface Count {
  equal: number;
  different: number;
}

async function play({ id, input, expected }: NeutralCase, count: Count): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'sidekick-figures-'));
  const [data, webRoot] = [join(path, 'data'), join(path, 'web')];
  mkdirSync(webRoot);
  const settings = readSettings(['--port', '0', '--data', data, '--empty', '--today', input.asOf, '--log-level', 'error'], {});
  const portal = await startPortal({ settings, folder: openDataFolder(data), webRoot, version: '0' });
  try {
    const ask = askAs({ url: portal.url, token: await portal.gateway.issueLocalToken() });
    const ids = idsOf(input);
    const commands = commandsOf(input, ids);
    const accept = ['sidekick-leads', 'over-allocated', 'outside-contract', 'outside-project', 'joint-absence'];
    if (commands.length > 0)
      await ask('POST', '/changes', { id: '01SAMESTARTCHANGES00000000', commands, accept, reason: 'played from a file' });
    const questions = expected.map((question) => questionOf(question, input, ids));
    const { answers } = FiguresAnswer.parse(await ask('POST', '/figures', { questions }));
    for (const [index, { what, args, value }] of expected.entries()) {
      const { equal, different } = compare(value, inNeutralWords(answers[index], ids));
      count.equal += equal;
      count.different += different.length;
      for (const { at, expected: wanted, got } of different) {
        const place = at === null ? '' : ` [${at}]`;
        console.log(`${id} ${what} ${JSON.stringify(args)}${place}: expected ${JSON.stringify(wanted)}, answered ${JSON.stringify(got)}`);
      }
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
