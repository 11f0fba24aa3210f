import { describe, expect, test } from '@jest/globals';
import { readSettings } from './config.ts';

describe('settings', () => {
  test('come from flags before the environment, and have defaults', () => {
    const env = { PORT: '4000', HOST: '127.0.0.2', TODAY: '2026-11-30', EMPTY: 'true' };
    expect(readSettings(['--port', '5000'], env)).toMatchObject({
      port: 5000,
      host: '127.0.0.2',
      today: '2026-11-30',
      empty: true,
      dataFolder: 'data',
    });
    expect(readSettings([], {})).toMatchObject({ port: 3000, host: '127.0.0.1', empty: false, logLevel: 'warn' });
  });

  test.each([
    [['--time-zone', 'Mars/Olympus'], /^Setting timeZone: not a time zone/],
    [['--today', 'tomorrow'], /^Setting today: /],
    [['--port', '65536'], /^Setting port: /],
    [['--port', 'http'], /^Setting port: /],
    [['--port', '4190'], /^Setting port: browsers refuse to open port 4190; choose another, such as 3000$/],
    [['--log-level', 'loud'], /^Setting logLevel: /],
    [['--public-url', 'portal'], /^Setting publicUrl: /],
    [['--data', ''], /^Setting dataFolder: /],
    [['--recover', 'helena'], /^Setting recover: an e-mail address/],
    [['--nonsense'], /--nonsense/],
  ])('refuses %j in one line that names it', (args, words) => {
    expect(() => readSettings(args, {})).toThrow(words);
    expect(() => readSettings(args, {})).toThrow(/^[^\n]+$/);
  });
});
