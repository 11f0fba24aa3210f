import { tmpdir } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { diskOf, isDiskFull, spacesOf, withDisks } from './disk.ts';

const ofFiles = Object.assign(new Error('write'), { code: 'ENOSPC' });
const ofServer = Object.assign(new Error('No space left on device'), { name: 'StoreFull' });

describe('a disk', () => {
  test('is full for a minute after something could not be saved on it', async () => {
    let now = 0;
    const disk = diskOf({ name: 'data folder', folder: tmpdir(), now: () => now });
    expect(await disk.look()).toBe(true);
    disk.failed(ofServer);
    expect(await disk.look()).toBe(true);
    disk.failed(ofFiles);
    expect(await disk.look()).toBe(false);
    expect(await withDisks({ vital: [], other: ['bus'] }, [disk])).toEqual({ vital: [], other: ['bus', 'disk'] });
    now = 61_000;
    expect(await disk.look()).toBe(true);
  });

  test('tells its room, and that of a server tells none and is full when the server says so', async () => {
    const [here, away] = [diskOf({ name: 'attachments', folder: tmpdir() }), diskOf({ name: 'store' })];
    expect(await spacesOf([here, away])).toEqual([{ name: 'attachments', free: expect.any(Number), size: expect.any(Number) }]);
    away.failed(ofFiles);
    expect(await away.look()).toBe(true);
    away.failed(ofServer);
    expect(await away.look()).toBe(false);
  });

  test.each([
    ['ENOSPC', true],
    ['EDQUOT', true],
    ['SQLITE_FULL', true],
    ['SQLITE_BUSY', false],
    ['EACCES', false],
    [53100, false],
  ])('an error with code %s is one of a full disk: %p', (code, full) => {
    expect(isDiskFull(Object.assign(new Error('x'), { code }))).toBe(full);
    expect(isDiskFull(new Error('x', { cause: Object.assign(new Error('y'), { code }) }))).toBe(full);
  });
});
