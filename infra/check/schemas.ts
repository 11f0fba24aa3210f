// OpenAPI of the whole portal and the schemas of every event: valid documents, and golden samples that hold.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { events, parseForPublish } from '@sidekick/contracts';
import { openDataFolder, readSettings, startPortal } from '@sidekick/portal';
import { z } from 'zod';

async function openApi(): Promise<object> {
  const path = mkdtempSync(join(tmpdir(), 'sidekick-schemas-'));
  const webRoot = join(path, 'web');
  mkdirSync(webRoot);
  const settings = readSettings(['--port', '0', '--data', join(path, 'data'), '--empty', '--log-level', 'error'], {});
  const portal = await startPortal({ settings, folder: openDataFolder(settings.dataFolder), webRoot, version: '0' });
  try {
    return (await (await fetch(`${portal.url}/api/v1/openapi.json`)).json()) as object;
  } finally {
    await portal.close();
    rmSync(path, { recursive: true });
  }
}

async function main(): Promise<string[]> {
  const wrong: string[] = [];
  const document = await openApi();
  const { valid, errors } = await new Validator().validate(document as Record<string, unknown>);
  if (!valid) wrong.push(`OpenAPI: ${JSON.stringify(errors, null, 1)}`);
  for (const [name, schema] of Object.entries(events)) {
    z.toJSONSchema(schema);
    const sample = JSON.parse(readFileSync(new URL(`../../packages/contracts/samples/${name}.json`, import.meta.url), 'utf8'));
    try {
      parseForPublish(sample);
    } catch (error) {
      wrong.push(`${name}: the golden sample does not parse: ${(error as Error).message}`);
    }
  }
  console.log(`OpenAPI with ${Object.keys((document as { paths: object }).paths).length} paths, ${Object.keys(events).length} events`);
  return wrong;
}

const wrong = await main();
for (const line of wrong) console.error(line);
process.exit(wrong.length > 0 ? 1 : 0);
