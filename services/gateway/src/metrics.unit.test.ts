import { expect, test } from '@jest/globals';
import { createMetrics } from '@sidekick/service-kit';
import { joinMetrics } from './metrics.ts';

test('metrics of several parts are one text in which each name is explained once and its samples stand together', async () => {
  const texts = await Promise.all(
    ['content', 'search'].map(async (service) => {
      const metrics = createMetrics(service);
      metrics.gauge('same', 'In both', () => 1);
      metrics.gauge(`only_of_${service}`, 'In one', () => 2);
      metrics.observe('readThing', 200, 0.1);
      return metrics.registry.metrics();
    }),
  );
  const lines = joinMetrics(texts).split('\n');
  const at = lines.indexOf('# HELP sidekick_same In both');
  expect(lines.slice(at, at + 4)).toEqual([
    '# HELP sidekick_same In both',
    '# TYPE sidekick_same gauge',
    'sidekick_same{service="content"} 1',
    'sidekick_same{service="search"} 1',
  ]);
  const types = lines.filter((line) => line.startsWith('# TYPE'));
  expect(new Set(types).size).toBe(types.length);
  const samples = (text: string) => text.split('\n').filter((line) => line && !line.startsWith('#'));
  expect(lines.filter((line) => line && !line.startsWith('#')).sort()).toEqual(texts.flatMap(samples).sort());
  expect(lines.at(-1)).toBe('');
});
