import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { projectRoot } from '@sidekick/testing';
import { heapIn, memoryNeeded } from './heaps.ts';

/** Files of the services that open a pool of workers, by path. */
function poolFiles(): Map<string, string> {
  const folder = join(projectRoot, 'services');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^\w+\/src\/.*(?<!\.test)\.ts$/.test(path))
    .map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const);
  return new Map(files.filter(([, text]) => text.includes('boundedWorkers<')));
}

test('the tables of heaps hold every pool of workers that a service opens', () => {
  const found = poolFiles();
  expect(found.size).toBeGreaterThan(2);
  for (const [path, text] of found) {
    const writtenThere = /(processes|heapMiB): \d/.test(text);
    expect([path, text.includes('workerHeaps'), writtenThere]).toEqual([path, true, false]);
  }
});

test('a service needs its own heap, those of its workers, and room for each process', () => {
  expect(memoryNeeded('gateway', heapIn('--max-old-space-size=320 --x'))).toBe(400);
  expect(memoryNeeded('search', 512)).toBe(512 + 512 + 2 * 256 + 4 * 80);
  expect(memoryNeeded('content', heapIn(''))).toBeNaN();
});
