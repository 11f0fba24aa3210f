import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { commandsOf } from './blocks.ts';
import { filledIn, playOf } from './plan.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

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
    ];
    expect(commandsOf(text.join('\n'))).toEqual([
      { chapter: 'A', line: 3, text: 'npm start' },
      { chapter: 'A', line: 6, text: "echo 'a # b' x#y" },
      { chapter: 'B', line: 17, text: 'docker build -t x .' },
      { chapter: 'B', line: 19, text: 'next' },
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

describe('the README', () => {
  test('has no command of which it is not said whether npm run readme plays it, or why not', () => {
    const commands = commandsOf(readme);
    expect(commands.length).toBeGreaterThan(12);
    expect(commands.filter((command) => playOf(command) === undefined)).toEqual([]);
    expect(commands.filter((command) => playOf(command)?.do !== 'leave').length).toBeGreaterThan(7);
  });

  test('names only npm scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm run (?:-s |--silent )?([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
