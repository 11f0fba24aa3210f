import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { describeWith, newAssignment, newTimeOff, projectRoot, until } from '@sidekick/testing';
import { type Apart, startApart } from '@sidekick/testing/apart';
import { type Caller, callerAt, type Reply } from '../testing/caller.ts';
import { counts, importReport } from '../testing/import-command.ts';
import { type PortalHere, portalHere } from '../testing/portal-here.ts';
import { change, newPerson, newProject } from '../testing/records.ts';

jest.setTimeout(240_000);

const sample = `${projectRoot}infra/sample/handbook`;
const [ana, ben] = [newPerson('Ana Sousa'), newPerson('Ben Okafor')];
const [atlas, borea] = [newProject('Atlas'), newProject('Borea')];
/** The same ids on both sides. */
const commands = [
  ...[ana, ben, atlas, borea],
  newAssignment(ana, atlas, 'lead', { hoursPerWeek: 24 }),
  newAssignment(ben, atlas, 'sidekick', { hoursPerWeek: 6 }),
  newAssignment(ben, borea, 'lead', { hoursPerWeek: 32 }),
  newTimeOff(ben, '2026-12-07', '2026-12-11'),
];

describeWith(['mongo', 'amqp', 'redis'], 'the four services apart', (mongoUrl = '', amqpUrl = '', redisUrl = '') => {
  let apart: Apart;
  let one: PortalHere;
  let sides: { name: string; caller: Caller; url: string; token: string }[];
  beforeAll(async () => {
    [one, apart] = await Promise.all([portalHere(), startApart({ mongoUrl, amqpUrl, redisUrl })]);
    const oneToken = await one.portal.gateway.issueLocalToken();
    sides = [
      { name: 'one process', url: one.url, token: oneToken },
      { name: 'apart', url: apart.url, token: apart.token },
    ].map((side) => ({ ...side, caller: callerAt(() => side) }));
  });
  afterAll(async () => {
    await apart?.close();
    await one?.close();
  });

  /** What both sides answer, made comparable; it has to be equal. */
  async function same<T>(ask: (caller: Caller) => Promise<T>): Promise<T> {
    const [here, there] = await Promise.all(sides.map(({ caller }) => ask(caller)));
    expect(there).toEqual(here);
    return there as T;
  }
  const get = (path: string, shape: (body: Reply['body']) => unknown) =>
    same(async (caller) => {
      const { status, body } = await caller.api('get', path);
      if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
      return shape(body);
    });

  test('import a handbook over HTTP, and answer its tree and pages as the one process does', async () => {
    const reports = await Promise.all(
      sides.map(({ url, token }) => importReport([sample, '--into', 'handbook'], { SIDEKICK_URL: url, SIDEKICK_TOKEN: token })),
    );
    expect(counts(reports[1] as never)).toEqual(counts(reports[0] as never));
    expect(reports[1]?.created).toBeGreaterThan(15);
    expect(reports[1]?.missing).toEqual(reports[0]?.missing);
    const tree = await get('/tree', titles);
    const paths = JSON.stringify(tree).match(/handbook\/[\w/-]+/g) ?? [];
    expect(paths.length).toBeGreaterThan(15);
    for (const path of new Set(paths)) {
      await get(`/pages/find?path=${encodeURIComponent(path)}`, ({ title, html, sections, trail, visibility }) =>
        plain({ title, html, sections, trail, visibility }),
      );
    }
  });

  test('find a section by a word of its text, and a misspelt one', async () => {
    for (const words of ['roll back', 'incidnet']) {
      const path = `/search?q=${encodeURIComponent(words)}`;
      for (const { caller, name } of sides) {
        await until(`${name} to have indexed it`, async () => (await caller.api('get', path)).body.items.length > 0);
      }
      await get(path, plain);
    }
  });

  test('staff a project, and answer every figure as the one process does', async () => {
    for (const { caller } of sides) expect((await change(caller, commands)).status).toBe(201);
    await get('/timeline?from=2026-W49&to=2026-W52', plain);
    await get('/people?limit=200', plain);
    await get(`/assignments?project=${atlas.id}`, plain);
    const question = { what: 'coverage', args: { project: atlas.id, eachWeek: ['2026-W49', '2026-W52'] } };
    const answers = await same(async (caller) => {
      const { status, body } = await caller.api('post', '/figures', { body: { questions: [question] } });
      return { status, figures: plain(body) };
    });
    expect(answers).toMatchObject({ status: 200 });
    for (const { caller } of sides) {
      await until('Ana to be found', async () => (await caller.api('get', '/search?q=Sousa')).body.items.length > 0);
    }
    await get('/search?q=Sousa', plain);
  });

  test('end on SIGTERM with what is under way finished and exit 0', async () => {
    for (const part of ['gateway', 'search', 'content', 'staffing'] as const) {
      const [replica] = apart.replicas[part];
      expect(await replica?.stop()).toMatchObject({ code: 0 });
    }
  });
});

const titles = (tree: unknown) => plain(tree);

/** Without what each installation makes for itself: ids of imported pages, instants, versions, cursors. */
function plain(value: unknown): unknown {
  const own = new Set([
    'id',
    'revision',
    'at',
    'by',
    'updatedAt',
    'createdAt',
    'publishedAt',
    'updatedBy',
    'createdBy',
    'nextCursor',
    'head',
    'version',
    'took',
  ]);
  const text = JSON.stringify(value, (key, inner) => (own.has(key) ? undefined : inner));
  const known = new Set<string>(commands.map(({ id }) => id));
  return JSON.parse(text.replaceAll(/[0-7][0-9A-HJKMNP-TV-Z]{25}/g, (id) => (known.has(id) ? id : 'ID')));
}
