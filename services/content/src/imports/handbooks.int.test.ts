import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ImportView } from '@sidekick/contracts';
import { anEngineer, describeIf, sidekickData } from '@sidekick/testing';
import { contentKit, filesIn, type Kit } from '../testing/kit.test.helper.ts';

const data = sidekickData('handbooks') ?? '';

describeIf(data !== '', 'real handbooks (SIDEKICK_DATA)', 'real handbooks', () => {
  let kit: Kit;
  const reports = new Map<string, ImportView>();
  beforeAll(async () => {
    kit = await contentKit();
    for (const name of ['cwe-playbook', 'just-the-docs']) reports.set(name, await kit.importFiles(filesIn(join(data, name)), `source=${name}`));
  }, 60_000);
  afterAll(() => kit.close());

  test('debug', () => {
    for (const r of reports.values()) console.log(JSON.stringify({ ...r, rows: r.rows.length }, null, 1));
    expect(1).toBe(1);
  });
});
