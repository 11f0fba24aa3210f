import { type Caller, firstManager, portalProcess, printedLink } from '@sidekick/portal/testing';
import { longGroupCommands } from '../long-group.ts';
import { figure, percentile, timed } from '../measure.ts';
import { fill } from '../screen.ts';

const people = 500;
const assignments = 20_000;
const fetches = 200;

/** Prints what the calendar feed of a person, of a project and of who is away take in a group that has been here for years. */
export async function benchFeed(): Promise<void> {
  const portal = await portalProcess({ args: ['--empty'] });
  try {
    const sets = longGroupCommands(new Date().toISOString().slice(0, 10), people, assignments);
    await fill(portal, sets);
    const idOf = (kind: string) => sets.flat().find((one) => one.do === 'create' && one.kind === kind)?.id ?? '';
    const manager = await firstManager({ browser: portal.browser, firstManagerLink: async () => printedLink(portal.out()) });
    const [account] = (await manager.api('get', '/accounts')).body.items;
    const linked = { body: { person: idOf('person') }, headers: { 'if-match': `"${account.version}"` } };
    if ((await manager.api('patch', `/accounts/${account.id}`, linked)).status !== 200) throw new Error('the account was not linked');
    const hold = { person: '<= 20 ms', project: '', absences: '' };
    for (const [scope, most] of Object.entries(hold)) {
      const body = scope === 'project' ? { scope, project: idOf('project') } : { scope };
      await measure(
        portal.browser(),
        `calendar feed, ${scope}`,
        new URL((await manager.api('post', '/me/feeds', { body })).body.url).pathname,
        most,
      );
    }
  } finally {
    await portal.close();
  }
}

async function measure(program: Caller, what: string, path: string, hold: string): Promise<void> {
  const first = await program.open(path);
  if (first.status !== 200) throw new Error(`${what}: ${first.status}`);
  const etag = String(first.headers['etag']);
  const whole: number[] = [];
  const known: number[] = [];
  for (let n = 0; n < fetches; n++) {
    whole.push(await timed(() => program.open(path)));
    known.push(await timed(() => program.open(path, { headers: { 'if-none-match': etag } })));
  }
  const events = String(first.body).split('BEGIN:VEVENT').length - 1;
  const ms = (samples: number[]) => `${percentile(samples, 0.95).toFixed(1)} ms`;
  figure(what, `${events} events: p95 ${ms(whole)}, not changed ${ms(known)}`, hold || 'told alone');
}
