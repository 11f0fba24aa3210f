import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { isFull, isGone } from './mongo-gone.ts';

const { MongoBulkWriteError, MongoServerError, MongoServerSelectionError } = mongoose.mongo;
const said = (message: string, code?: number) => new MongoServerError({ message, ...(code === undefined ? {} : { code }) });

describe('an error of the server', () => {
  test('that speaks of a disk without room means full, unless it repeats a taken key', () => {
    expect(isFull(said('could not extend file "base/5/1": No space left on device (SQLSTATE 53100)', 1))).toBe(true);
    expect(isFull(said('available disk space of 5 bytes is less than required', 14031))).toBe(true);
    expect(isFull(said('E11000 duplicate key: "No space left on device"', 11000))).toBe(false);
    expect(isFull(new Error('No space left on device'))).toBe(false);
  });

  test.each([
    'failed to connect to `user=ferret database=postgres`: 127.0.0.1:5432: dial error: connect: connection refused',
    'FATAL: the database system is starting up (SQLSTATE 57P03)',
    'FATAL: the database system is not yet accepting connections (SQLSTATE 57P03)',
    'FATAL: terminating connection due to administrator command (SQLSTATE 57P01)',
    'terminating connection due to unexpected postmaster exit',
    'unexpected EOF',
    'write failed: write tcp 127.0.0.1:5432: write: broken pipe',
  ])('that speaks of a database behind it that is away means gone: %s', (message) => {
    expect(isGone(said(message, 1))).toBe(true);
  });

  test.each([91, 189, 10107, 11600, 11602, 13435, 13436])('that says by code %d that it does not serve means gone', (code) => {
    expect(isGone(said('any words', code))).toBe(true);
  });

  test('within a bulk write is looked at', () => {
    const error = new MongoBulkWriteError({ message: 'bulk', code: 1 }, { insertedCount: 0 } as never);
    (error as { errorResponse?: unknown }).errorResponse = said('unexpected EOF');
    expect(isGone(error)).toBe(true);
  });

  test.each([
    ['a taken key', said('E11000 duplicate key error', 11000)],
    ['a taken key of such words', said('E11000 duplicate key error: { name: "unexpected EOF" }', 11000)],
    ['a conflict', said('write conflict', 112)],
    ['bad input', said('field names may not start with $', 2)],
    ['words of a document', new Error('unexpected EOF')],
    ['nothing', undefined],
  ])('that is %s is not', (_what, error) => {
    expect(isGone(error)).toBe(false);
  });

  test('of the driver that found none means gone', () => {
    expect(isGone(new MongoServerSelectionError('none', {} as never))).toBe(true);
  });
});
