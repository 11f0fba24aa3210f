// npm run plan -- FILE.json [--seconds N]: plays cases of plans through the HTTP API, an empty portal a case.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { mostPlanSeconds, PlanView } from '@sidekick/contracts';
import { openDataFolder, readSettings, startPortal } from '@sidekick/portal';
import { type Ask, askAs } from '@sidekick/portal/ask';
import { commandsOf, idsOf, judge, type PlanCase, PlanFile, type PlayedPlan, planRequestOf } from '@sidekick/staffing/cases';
import { ulid } from 'ulid';

const usage = `npm run plan -- FILE.json [--seconds N], a file of the form that ADR 36 gives; N seconds a case, 1-${mostPlanSeconds}, by default 60`;
/** Commands of one change set: what is named stands before what names it. */
const commandsAtOnce = 2_000;

type Commands = ReturnType<typeof commandsOf>;

/** Offers and wishes stand before the work: who offered to back a project up may have come to lead it since, the other way round is refused. */
function changeSetsOf(commands: Commands): Commands[] {
  const isEarly = ({ kind }: Commands[number]) => ['person', 'project', 'wish', 'volunteer'].includes(kind);
  const ordered = [commands.filter(isEarly), commands.filter((one) => !isEarly(one))];
  return ordered.flatMap((some) =>
    Array.from({ length: Math.ceil(some.length / commandsAtOnce) }, (_, at) => some.slice(at * commandsAtOnce, (at + 1) * commandsAtOnce)),
  );
}

/** The plan when it has ended: looked at soon, then less often. */
async function ended(ask: Ask, id: string): Promise<PlanView> {
  for (let wait = 10; ; wait = Math.min(500, wait * 1.5)) {
    const plan = PlanView.parse(await ask('GET', `/plans/${id}`));
    if (plan.state !== 'waiting' && plan.state !== 'running') return plan;
    await pause(wait);
  }
}

async function play(one: PlanCase, seconds: number): Promise<PlayedPlan> {
  const path = mkdtempSync(join(tmpdir(), 'sidekick-plan-'));
  const [data, webRoot] = [join(path, 'data'), join(path, 'web')];
  mkdirSync(webRoot);
  const settings = readSettings(['--port', '0', '--data', data, '--empty', '--today', one.input.asOf, '--log-level', 'error'], {});
  const portal = await startPortal({ settings, folder: openDataFolder(data), webRoot, version: '0' });
  try {
    const ask = askAs({ url: portal.url, token: await portal.gateway.issueLocalToken() });
    const ids = idsOf(one.input);
    const accept = ['sidekick-leads', 'over-allocated', 'outside-contract', 'outside-project', 'joint-absence'];
    for (const some of changeSetsOf(commandsOf(one.input, ids))) {
      await ask('POST', '/changes', { id: ulid(), commands: some, accept, reason: 'played from a file' });
    }
    const asked = PlanView.parse(await ask('POST', '/plans', planRequestOf(one, ids, seconds)));
    return playedOf(one.id, await ended(ask, asked.id), ids.neutral);
  } finally {
    await portal.close();
    rmSync(path, { recursive: true });
  }
}

/** The answer in the ids of the file. Throws where the plan came to none. */
function playedOf(id: string, { state, reason, error, answer }: PlanView, neutral: (ulid: string) => string): PlayedPlan {
  if (error) return { id, error: error.rule };
  if (!answer) throw new Error(`${id}: the plan is ${state}: ${reason ?? 'no reason was kept'}`);
  const { status, vector, bound, seconds } = answer;
  const plan = answer.plan.map(({ person, project, weeks }) => ({ person: neutral(person), project: neutral(project), weeks }));
  return { id, status, plan, vector, ...(bound && { bound }), seconds };
}

function settingsOf(argv: string[]): { file: string; seconds: number } {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { seconds: { type: 'string', default: '60' } },
  });
  const [file] = positionals;
  const seconds = Number(values.seconds);
  if (!file || !Number.isInteger(seconds) || seconds < 1 || seconds > mostPlanSeconds) throw new Error(usage);
  return { file, seconds };
}

async function main(): Promise<number> {
  const { file, seconds } = settingsOf(process.argv.slice(2));
  const cases = PlanFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const counts = { equal: 0, bounded: 0, different: 0, none: 0 };
  for (const one of cases) {
    const played = await play(one, seconds);
    console.log(JSON.stringify(played));
    const judged = judge(played, one.expected) ?? ('status' in played && played.status === 'bound' ? 'bounded' : 'none');
    counts[judged] += 1;
    if (judged === 'different') console.error(`${one.id}: expected ${JSON.stringify(one.expected)}`);
  }
  if (counts.none > 0) console.error(`${counts.none} proven, of which the file expects nothing`);
  console.log(`${counts.equal} as expected, ${counts.bounded} bounded, ${counts.different} different`);
  return counts.different > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
