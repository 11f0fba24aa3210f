import { setTimeout as pause } from 'node:timers/promises';
import { ulid } from 'ulid';
import { containers, docker } from './compose/engine.ts';
import { type Answer, type Client, clientOf } from './load/client.ts';
import { type Load, startLoad } from './load.ts';

/** Where the volume is found whether PostgreSQL runs or not (infra/compose/small-store.yml). */
const room = '/room';
/** A larger volume is taken for one that others need: 2 GiB. */
const largest = 2 * 2 ** 30;
/** Bytes that are left free at first. */
const left = 24 * 2 ** 20;
/** Milliseconds that nobody waits longer for. */
const longestWait = 5_000;
/** Pages of this many letters are sent until one is refused; as many at most as a volume holds. */
const page = { letters: 400_000, most: 2_000 };

/**
 * `npm run drill -- full`: fills the volume of the store of a composition with infra/compose/small-store.yml under load.
 * It checks that what is refused says why and when to come again, that nobody waits long, that reads go on, that System says
 * it, and that all that was acknowledged stands when there is room again. Prints counts; answers the exit code.
 */
export async function fullDrill(): Promise<number> {
  const volume = await volumeOfStore();
  const token = await docker('compose', 'exec', '-T', 'gateway', 'sidekick', 'gateway', 'token');
  const url = `http://${await docker('compose', 'port', 'gateway', '8080')}`;
  const client = clientOf({ url, token });
  const load = startLoad({ url, token, perSecond: 20, atOnce: 16 });
  const wrong: string[] = [];
  await pause(5_000);
  await volume.fill();
  try {
    const { sent, answer } = await untilRefused(client);
    console.log(`refused after ${sent} pages of ${page.letters} letters: ${answer.status} ${JSON.stringify(answer.body)}`);
    wrong.push(...unsaid(answer), ...(await systemUnsaid(client)));
    await pause(20_000);
    wrong.push(...waitedOrWordless(load));
  } finally {
    await volume.free();
  }
  wrong.push(...(await afterwards(client, load)));
  client.close();
  for (const line of wrong) console.error(line);
  console.log(wrong.length === 0 ? 'nothing lost' : `${wrong.length} things are wrong`);
  return wrong.length === 0 ? 0 : 1;
}

/** Throws when it is one that others may need too. */
async function volumeOfStore() {
  const store = (await containers()).find(({ service }) => service === 'room');
  if (!store) throw new Error('no room in this composition: see infra/compose/small-store.yml');
  const inside = (command: string) => docker('exec', store.name, 'sh', '-c', command);
  const [free = 0, size = 0] = (await inside(`df -B1 --output=avail,size ${room} | tail -1`)).split(/\s+/).map(Number);
  if (size > largest) throw new Error(`the volume has ${size} bytes, so it may be others' too: see infra/compose/small-store.yml`);
  return {
    /** All but what some of the pages take. */
    fill: () => inside(`head -c ${Math.max(0, free - left)} /dev/zero > ${room}/filler`),
    free: () => inside(`rm -f ${room}/filler`),
  };
}

function waitedOrWordless(load: Load): string[] {
  const { failed, longest } = load.counts();
  console.log(`while it was full: ${JSON.stringify(load.counts())}`);
  const wordless = Object.keys(failed).filter((kind) => !/: 503 \S+ with Retry-After$/.test(kind));
  return [
    ...wordless.map((kind) => `an answer without words: ${kind}`),
    ...(longest > longestWait ? [`a request waited ${longest} ms`] : []),
  ];
}

async function untilRefused(client: Client): Promise<{ sent: number; answer: Answer }> {
  for (let sent = 1; sent <= page.most; sent += 1) {
    const answer = await large(client);
    if (answer.status !== 201) return { sent, answer };
  }
  throw new Error('nothing was refused: the volume is not full');
}

const large = (client: Client): Promise<Answer> => {
  const id = ulid();
  const body = { path: `full/${id.toLowerCase()}`, title: 'Large', body: noise(page.letters) };
  return client.send({ method: 'PUT', path: `/pages/${id}`, headers: { 'if-none-match': '*' }, body });
};

/** Letters that a store cannot make smaller. */
function noise(length: number): string {
  let text = '';
  while (text.length < length) text += `${crypto.randomUUID()}\n`;
  return text;
}

function unsaid({ status, headers, body }: Answer): string[] {
  const said = status === 503 && headers['retry-after'] !== undefined && typeof body?.title === 'string';
  return said ? [] : [`what was refused says not why, or not when to come again: ${status} ${JSON.stringify(body)}`];
}

/** System names the disk, or the store itself where its server did not survive it; then it may not know who asks. */
async function systemUnsaid(client: Client): Promise<string[]> {
  const answer = await client.send({ method: 'GET', path: '/system' });
  const content = answer.body?.parts?.find(({ name }: { name: string }) => name === 'content');
  console.log(`System: ${answer.status} ${content ? `content is ${content.state}, misses ${content.missing}` : answer.body?.title}`);
  if (answer.status !== 200) return unsaid(answer);
  const named = content?.missing.some((one: string) => one === 'disk' || one === 'store');
  return named ? [] : [`System does not say it: ${JSON.stringify(content)}`];
}

async function afterwards(client: Client, load: Load): Promise<string[]> {
  const began = performance.now();
  let answer = await large(client);
  while (answer.status !== 201 && performance.now() - began < 120_000) {
    await pause(1_000);
    answer = await large(client);
  }
  console.log(`a page is taken again after ${Math.round((performance.now() - began) / 1_000)} s: ${answer.status}`);
  await load.stop();
  await load.settle(120);
  const wrong = await load.verify(120);
  load.close();
  return answer.status === 201 ? wrong : [...wrong, `nothing is taken when there is room again: ${answer.status}`];
}
