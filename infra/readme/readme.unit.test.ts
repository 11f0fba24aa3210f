import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { commandsOf } from './blocks.ts';
import { pagesIn } from './pages.ts';
import { filledIn, playOf } from './plan.ts';

const pages = pagesIn(fileURLToPath(new URL('../../', import.meta.url)));

describe('the commands of a text', () => {
  test('are those of its shell blocks, with their chapter and without comments', () => {
    const text = [
      '# A',
      '```sh',
      'npm start   # all of it',
      '# a comment alone',
      '',
      "echo 'a # b' x#y",
      '```',
      '## B',
      '```yaml',
      'no: command',
      '```',
      '```',
      '# no heading',
      'no command',
      '```',
      '```sh',
      'docker build \\',
      '  -t x .',
      'next',
      '```',
      '1. in a list',
      '',
      '   ```sh',
      '   npm test',
      '   ```',
    ];
    expect(commandsOf(text.join('\n'))).toEqual([
      { chapter: 'A', line: 3, text: 'npm start' },
      { chapter: 'A', line: 6, text: "echo 'a # b' x#y" },
      { chapter: 'B', line: 17, text: 'docker build -t x .' },
      { chapter: 'B', line: 19, text: 'next' },
      { chapter: 'B', line: 24, text: 'npm test' },
    ]);
  });

  test('get what the reader would put in', () => {
    const stage = { portal: { url: 'http://127.0.0.1:1', token: 't' }, servers: {} };
    expect(filledIn('SIDEKICK_URL=https://portal.example.org SIDEKICK_TOKEN=… npm run import -- docs', stage)).toBe(
      'SIDEKICK_URL=http://127.0.0.1:1 SIDEKICK_TOKEN=t npm run import -- docs',
    );
    expect(filledIn('MONGO_URL=… AMQP_URL=… … node x.ts', stage)).toBe('node x.ts');
  });
});

describe('README and infra/docs', () => {
  test('come in the order in which they are played: the portal of README runs for the pages', () => {
    expect([...pages.keys()].slice(0, 2)).toEqual(['README.md', 'infra/docs/api.md']);
    expect(commandsOf(pages.get('README.md') ?? '')[0]?.text).toBe('npm start');
  });

  test('have no command of which it is not said whether npm run readme plays it, or why not', () => {
    const commands = [...pages.values()].flatMap(commandsOf);
    expect(commands.length).toBeGreaterThan(12);
    expect(commands.filter((command) => playOf(command) === undefined)).toEqual([]);
    expect(commands.filter((command) => playOf(command)?.do !== 'leave').length).toBeGreaterThan(8);
  });

  test.each([...pages])('%s names only npm scripts that there are', (_, text) => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...text.matchAll(/npm run (?:-s |--silent )?([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
