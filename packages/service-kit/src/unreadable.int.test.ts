import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Served, serve } from './serve.ts';

let served: Served;
beforeAll(async () => {
  served = await serve((req, res) => void (req.url === '/lines' ? res.write('one line\n') : res.end('fine')), {
    host: '127.0.0.1',
    port: 0,
  });
});
afterAll(() => served.close({ drainSeconds: 0, graceSeconds: 1 }));

/** The whole answer to bytes that are no request as they should be. */
function answerTo(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (part: string) => {
      answer += part;
      if (answer.endsWith('}')) socket.end();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

test.each([
  ['too many headers', `GET / HTTP/1.1\r\nhost: here\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
  ['too long an address', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: here\r\n\r\n`, 431, 'headers-too-large'],
  ['what is no request', 'hello\r\n\r\n', 400, 'invalid-request'],
  ['an expectation that nobody knows', 'GET / HTTP/1.1\r\nhost: here\r\nexpect: wonders\r\n\r\n', 417, 'invalid-request'],
])('%s is refused in a problem document', async (_what, text, status, code) => {
  const answer = await answerTo(text);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer).toContain('content-type: application/problem+json');
  const body = JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
  expect(body).toMatchObject({ type: `urn:sidekick:problem:${code}`, status, requestId: expect.stringMatching(/^[\w-]{36}$/) });
});

test('an answer that has begun breaks off, and holds nothing else, when what follows its request cannot be read', async () => {
  const got = await new Promise<string>((resolve) => {
    let answer = '';
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1', () => socket.write('GET /lines HTTP/1.1\r\nhost: here\r\n\r\n'));
    socket.setEncoding('utf8').on('data', (part: string) => {
      answer += part;
      if (part.includes('one line')) socket.write('hello\r\n\r\n');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
  expect(got).toContain('one line');
  expect(got).not.toContain('problem');
});
