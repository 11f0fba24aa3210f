import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signerOf, verifierOf } from '@sidekick/service-kit';
import { aManager, projectRoot } from '@sidekick/testing';

/** What Git would give, without node_modules above or in it. */
let clone: string;
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'sidekick-clone-'));
  cpSync(join(projectRoot, 'package.json'), join(clone, 'package.json'));
  for (const folder of ['scripts', 'compose', 'cluster', 'ts'])
    cpSync(join(projectRoot, 'infra', folder), join(clone, 'infra', folder), { recursive: true });
});
afterAll(() => rmSync(clone, { recursive: true }));

function npmRun(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', ...args], {
    cwd: clone,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME: clone, ...env },
  });
  return { status, stdout, stderr };
}
const settingsIn = (text: string) => new Map([...text.matchAll(/^(\w+)='?(.*?)'?$/gm)].map(([, name = '', value = '']) => [name, value]));

/** The keys sign and verify as the services do it, search as ops alone. */
async function expectKeys(gateway: string | undefined, search: string | undefined, publicKeys: string | undefined) {
  const verify = verifierOf(JSON.parse(publicKeys ?? ''));
  const [byGateway, bySearch] = [gateway, search].map((key) => signerOf(JSON.parse(key ?? '')));
  expect(await verify((await byGateway?.(aManager)) ?? '')).toEqual(aManager);
  expect(await verify((await bySearch?.(aManager)) ?? '')).toBeNull();
  const ops = { ...aManager, roles: ['ops' as const] };
  expect(await verify((await bySearch?.(ops)) ?? '')).toEqual(ops);
}

describe('on a fresh clone with nothing installed', () => {
  test('npm run keys makes identity settings that the services take', async () => {
    const { status, stdout, stderr } = npmRun(['keys']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const of = settingsIn(stdout);
    await expectKeys(of.get('GATEWAY_IDENTITY_PRIVATE_KEY'), of.get('SEARCH_IDENTITY_PRIVATE_KEY'), of.get('IDENTITY_PUBLIC_KEYS'));
  });

  test('npm run compose:env writes .env for its owner alone, with all that compose asks for, and never over another', async () => {
    expect(npmRun(['compose:env'])).toMatchObject({ status: 0, stderr: '' });
    const file = join(clone, '.env');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    const wanted = readFileSync(join(projectRoot, 'docker-compose.yml'), 'utf8').matchAll(/\$\{(\w+):\?/g);
    for (const [, name = ''] of wanted) expect(settingsIn(text).get(name)).toBeTruthy();
    expect(npmRun(['compose:env'])).toMatchObject({ status: 1, stderr: expect.stringContaining('is there already') });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  describe('npm run k8s:secrets', () => {
    const addresses = { MONGO_URL: 'mongodb://m', AMQP_URL: 'amqp://a', REDIS_URL: 'redis://r' };
    const secretsIn = (text: string) =>
      new Map(
        (JSON.parse(text) as { items: { metadata: { name: string }; stringData: Record<string, string> }[] }).items.map(
          ({ metadata, stringData }) => [metadata.name.replace('sidekick-', ''), stringData],
        ),
      );
    /** A kubectl that knows the Secrets in a folder. */
    const kubectlWith = (secrets: ReturnType<typeof secretsIn>, exit = 0) => {
      const folder = mkdtempSync(join(clone, 'kubectl-'));
      for (const [name, stringData] of secrets) {
        const data = Object.fromEntries(Object.entries(stringData).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
        writeFileSync(join(folder, `sidekick-${name}`), JSON.stringify({ data }));
      }
      mkdirSync(join(folder, 'bin'));
      const script = `#!/bin/sh\n[ ${exit} = 0 ] || { echo no cluster >&2; exit ${exit}; }\ncat "${folder}/$3" 2>/dev/null || true\n`;
      writeFileSync(join(folder, 'bin/kubectl'), script);
      chmodSync(join(folder, 'bin/kubectl'), 0o755);
      return { PATH: `${join(folder, 'bin')}:${process.env['PATH']}` };
    };

    test('makes what the services need, and a second run keeps the keys unless others are asked for', async () => {
      const first = npmRun(['k8s:secrets', '--', 'sidekick'], { ...addresses, ...kubectlWith(new Map()) });
      expect(first).toMatchObject({ status: 0, stderr: '' });
      const made = secretsIn(first.stdout);
      const of = (name: string) => made.get(name) ?? {};
      await expectKeys(of('gateway')['IDENTITY_PRIVATE_KEY'], of('search')['IDENTITY_PRIVATE_KEY'], of('content')['IDENTITY_PUBLIC_KEYS']);
      expect(of('gateway')['METRICS_TOKEN']).toMatch(/^[\w-]{32}$/);
      const there = kubectlWith(made);
      const moved = { ...addresses, MONGO_URL: 'mongodb://elsewhere' };
      const second = secretsIn(npmRun(['k8s:secrets', '--', 'sidekick'], { ...moved, ...there }).stdout);
      for (const [name, settings] of made)
        expect(second.get(name)).toEqual({ ...settings, ...('MONGO_URL' in settings && { MONGO_URL: moved.MONGO_URL }) });
      const anew = secretsIn(npmRun(['k8s:secrets', '--', 'sidekick', '--new-keys'], { ...addresses, ...there }).stdout);
      expect(anew.get('gateway')?.['IDENTITY_PRIVATE_KEY']).not.toBe(of('gateway')['IDENTITY_PRIVATE_KEY']);
    });

    test('makes nothing while the cluster does not say whether there are keys, or an address lacks', () => {
      const silent = npmRun(['k8s:secrets', '--', 'sidekick'], { ...addresses, ...kubectlWith(new Map(), 1) });
      expect(silent).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('no cluster') });
      const lacking = npmRun(['k8s:secrets', '--', 'sidekick'], { ...kubectlWith(new Map()), AMQP_URL: 'amqp://a' });
      expect(lacking).toMatchObject({ status: 1, stdout: '', stderr: 'MONGO_URL is needed, or GATEWAY_MONGO_URL\n' });
    });
  });
});
