import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { AnswerLost, StaleVersion, StoreFull, StoreUnavailable } from './errors.ts';
import { sendingOf } from './mongo-sending.ts';

const { BSON, MongoNetworkError, MongoServerError, MongoServerSelectionError } = mongoose.mongo;
const gone = (cause: Error) => new StoreUnavailable('gone', { cause });
/** What the driver does with a connection in hand. */
const send = (sent: object) => BSON.deserialize(BSON.serialize({ insert: 'things', documents: [sent] }))['documents'][0];

describe('a write', () => {
  test('is sent as it is, each time that it is tried', () => {
    const { mark } = sendingOf();
    const marked = mark({ _id: 'a', doc: { rank: 1 } });
    expect([marked, send(marked), send(marked)]).toEqual(Array(3).fill({ _id: 'a', doc: { rank: 1 } }));
  });

  test('that found no server was not sent; one that found none for its second try may be done', () => {
    const { mark, told } = sendingOf();
    const marked = mark({ _id: 'a' });
    const none = gone(new MongoServerSelectionError('none', {} as never));
    expect(told(none)).toBe(none);
    send(marked);
    expect(told(none)).toBeInstanceOf(AnswerLost);
  });

  test('that was turned away is not done, unless that was its second try', () => {
    const { mark, told } = sendingOf();
    const marked = mark({ _id: 'a' });
    const away = [10107, 13435, 13436].map((code) => gone(new MongoServerError({ message: 'not here', code })));
    away.push(gone(new MongoServerError({ message: 'FATAL: the database system is starting up (SQLSTATE 57P03)' })));
    away.push(gone(Object.assign(new Error('write ECONNRESET'), { syscall: 'write' })));
    send(marked);
    expect(away.map(told)).toEqual(away);
    send(marked);
    for (const error of away) expect(told(error)).toBeInstanceOf(AnswerLost);
  });

  test.each([
    ['broke off', new MongoNetworkError('closed')],
    ['was reset', Object.assign(new Error('read ECONNRESET'), { syscall: 'read' })],
    ['was interrupted', new MongoServerError({ message: 'interrupted', code: 11602 })],
    ['lost the database behind its server', new MongoServerError({ message: 'unexpected EOF' })],
  ])('that %s may be done', (_how, error) => {
    const { mark, told } = sendingOf();
    send(mark({ _id: 'a' }));
    expect(told(gone(error))).toBeInstanceOf(AnswerLost);
  });

  test('that lost a race or found no room is not done', () => {
    const { mark, told } = sendingOf();
    send(mark({ _id: 'a' }));
    for (const error of [new StaleVersion('a'), new StoreFull('full')]) expect(told(error)).toBe(error);
  });

  test('that is given up before it is sent is not sent any more; after that nobody knows', () => {
    const [waiting, sent] = [sendingOf(), sendingOf()];
    const [late, early] = [waiting.mark({ _id: 'a' }), sent.mark({ _id: 'b' })];
    send(early);
    expect([waiting.giveUp(), sent.giveUp()]).toEqual([false, true]);
    expect(() => send(late)).toThrow('given up');
    expect(send(early)).toEqual({ _id: 'b' });
  });
});
