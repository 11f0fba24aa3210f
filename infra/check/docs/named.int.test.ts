import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { events, Question, topology } from '@sidekick/contracts';
import { projectRoot } from '@sidekick/testing';
import { docsIn } from './load.ts';

const { pages, sources } = docsIn(projectRoot);
const page = (path: string): string => pages.get(path) ?? '';

test('architecture names every event, and who consumes it', () => {
  const table = page('infra/docs/architecture.md').matchAll(/^\| `(\S+\.v\d+)` \| (\w+) \| (.+) \|$/gm);
  const rows = [...table].map(([, event, from, consumers = '']) => [event, from, consumers.replaceAll('`', '')]);
  const queues = Object.entries(topology);
  const declared = Object.keys(events).map((event) => {
    const consumers = queues.filter(([, queue]) => queue.events.some((one) => one === event)).map(([name]) => name);
    return [event, event.split('.')[0], consumers.join(', ')];
  });
  expect(rows).toEqual(declared);
});

test('how a figure is counted names every question, and every reading that a comment follows', () => {
  const text = page('infra/docs/counting.md');
  const [, questions = ''] = text.split('## Questions');
  const named = [...questions.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, cell = '']) => cell.replaceAll('`', '').split(', '));
  expect(named.sort()).toEqual(Question.options.map(({ shape }) => shape.what.value).sort());
  const readings = new Set([...text.matchAll(/^- \*\*(A\d+)\*\*/gm)].map(([, reading]) => reading));
  const followed = [...sources].flatMap(([path, source]) =>
    path.startsWith('services/staffing/') ? [...source.matchAll(/\bA\d\d?\b(?=[^'`]*\))/g)].map(([reading]) => reading) : [],
  );
  expect(followed.length).toBeGreaterThan(30);
  expect(followed.filter((reading) => !readings.has(reading))).toEqual([]);
});

test('what README and pages print bold as words on the screen stands in the sources of the web', () => {
  const web = join(projectRoot, 'services/web/src');
  const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test)\.tsx?$/.test(path) && !path.startsWith('testing'))
    .map((path) => readFileSync(join(web, path), 'utf8'));
  const shown = sources.join('\n').replaceAll(/\s+/g, ' ');
  const [, tour = ''] = /^## The first ten minutes\n(.*?)^## /ms.exec(page('README.md')) ?? [];
  const about = [tour, ...['one-process', 'import', 'watch'].map((name) => page(`infra/docs/${name}.md`))].join('\n');
  const words = new Set([...about.matchAll(/\*\*([^*]+)\*\*/g)].map(([, bold = '']) => bold.replaceAll(/\s+/g, ' ')));
  expect(words.size).toBeGreaterThan(25);
  // As the text of an element, or between quotes.
  const onScreen = (text: string) => ['>', '> ', "'", '"'].some((before) => shown.includes(before + text));
  expect([...words].filter((text) => !onScreen(text))).toEqual([]);
});
