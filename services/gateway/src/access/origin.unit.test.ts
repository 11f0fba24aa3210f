import { describe, expect, test } from '@jest/globals';
import { publicOrigin } from '../config.ts';
import { byCommand, fromThisMachine, ownHost, sameSite } from './origin.ts';

const local = publicOrigin('http://127.0.0.1:3000');
const online = publicOrigin('https://portal.example.org');

describe('PUBLIC_URL', () => {
  test.each(['http://portal.example.org', 'ftp://localhost', 'nonsense', 'https://a.example/path'])('refuses %s', (url) => {
    expect(() => publicOrigin(url)).toThrow();
  });
  test.each(['http://localhost:3000', 'http://127.0.0.1:8080', 'http://[::1]:3000', 'https://portal.example.org'])('takes %s', (url) => {
    expect(publicOrigin(url).origin).toBe(url);
  });
});

describe('the Host header', () => {
  const host = (url: URL, name: string | undefined) => ownHost(url, { method: 'GET', headers: { host: name } });
  test('is this machine under any port when the portal is local', () => {
    expect(host(local, 'localhost:5173')).toBe(true);
    expect(host(local, '[::1]:3000')).toBe(true);
    expect(host(local, 'evil.example')).toBe(false);
    expect(host(local, '127.0.0.1.evil.example:3000')).toBe(false);
    expect(host(local, undefined)).toBe(false);
  });
  test('is the public name and nothing else online', () => {
    expect(host(online, 'portal.example.org')).toBe(true);
    expect(host(online, 'PORTAL.example.org')).toBe(true);
    expect(host(online, '127.0.0.1')).toBe(false);
    expect(host(online, 'portal.example.org:81')).toBe(false);
  });
});

describe('a command on this machine', () => {
  const headers = { host: '127.0.0.1:8080', authorization: 'Bearer skt_x' };
  test('may ask the address that the portal listens on, by a token', () => {
    expect(byCommand('http://127.0.0.1:8080', { headers })).toBe(true);
    expect(byCommand('http://127.0.0.1:8080', { headers: { ...headers, host: '127.0.0.1:3000' } })).toBe(false);
    expect(byCommand('http://127.0.0.1:8080', { headers: { host: headers.host } })).toBe(false);
    expect(byCommand(undefined, { headers })).toBe(false);
  });
  test.each(['cookie', 'origin'])('and is none with %s', (name) => {
    expect(byCommand('http://127.0.0.1:8080', { headers: { ...headers, [name]: 'x' } })).toBe(false);
  });
});

describe('a request that changes something', () => {
  const ask = (headers: Record<string, string>, hasSession = true, method = 'POST') =>
    sameSite(online, { method, headers: { host: 'portal.example.org', ...headers } }, hasSession);
  test('passes from our own pages only', () => {
    expect(ask({ origin: 'https://portal.example.org' })).toBe(true);
    expect(ask({ 'sec-fetch-site': 'same-origin' })).toBe(true);
    expect(ask({ origin: 'https://evil.example' })).toBe(false);
    expect(ask({ origin: 'null' })).toBe(false);
    expect(ask({ 'sec-fetch-site': 'same-site' })).toBe(false);
    expect(ask({ origin: 'https://portal.example.org', 'sec-fetch-site': 'cross-site' })).toBe(false);
  });
  test('without a trace of its origin passes only when it brings no cookie', () => {
    expect(ask({})).toBe(false);
    expect(ask({}, false)).toBe(true);
    expect(ask({ origin: 'https://evil.example' }, false)).toBe(false);
  });
  test('is free to read from anywhere', () => {
    expect(ask({ origin: 'https://evil.example' }, true, 'GET')).toBe(true);
  });
  test('takes the address on screen when the portal is local', () => {
    const headers = { host: 'localhost:5173', origin: 'http://localhost:5173' };
    expect(sameSite(local, { method: 'POST', headers }, true)).toBe(true);
    expect(sameSite(local, { method: 'POST', headers: { ...headers, origin: 'http://localhost:9999' } }, true)).toBe(false);
  });
});

describe('demo personas', () => {
  const here = { host: 'localhost:3000' };
  test('are for requests of this machine', () => {
    expect(fromThisMachine('127.0.0.1', { headers: here })).toBe(true);
    expect(fromThisMachine('0.0.0.0', { headers: here })).toBe(false);
    expect(fromThisMachine('127.0.0.1', { headers: { host: 'portal.example.org' } })).toBe(false);
  });
  test.each(['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'forwarded', 'via', 'x-real-ip'])(
    'never through a proxy: %s',
    (name) => {
      expect(fromThisMachine('127.0.0.1', { headers: { ...here, [name]: 'x' } })).toBe(false);
    },
  );
});
