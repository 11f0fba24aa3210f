import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type AllowedHosts, NoWay, ofDns, placesOf, type Resolved, type ResolveHost } from './addresses.ts';

const patience = 10_000;
const mostKept = 1_024;
const mostRead = 65_536;

export interface Post {
  url: URL;
  headers: Record<string, string>;
  body: string;
  /** Ends it before its time, such as when the process stops. */
  signal?: AbortSignal;
}

/** What came of one try. */
export interface Outcome {
  /** Null where there was no answer. */
  status: number | null;
  milliseconds: number;
  /** The first 1,024 bytes of the answer, as text. */
  answer: string;
  /** Why it counts as failed, in words; null where it was taken. */
  reason: string | null;
}

export interface SenderOptions {
  allowed: AllowedHosts;
  resolve?: ResolveHost;
  /** Milliseconds for the whole of it. */
  patienceMs?: number;
}

/** Posts to addresses of the internet alone: the name is resolved once and the connection goes there; no redirect is followed. */
export function senderOf({ allowed, resolve = ofDns, patienceMs = patience }: SenderOptions): (post: Post) => Promise<Outcome> {
  return async (post) => {
    const began = performance.now();
    const took = () => Math.round(performance.now() - began);
    const late = AbortSignal.timeout(patienceMs);
    const signal = post.signal ? AbortSignal.any([late, post.signal]) : late;
    try {
      const places = await unlessAborted(signal, placesOf(post.url, allowed, resolve));
      const { status, answer } = await send(post, places, signal);
      return { status, answer, milliseconds: took(), reason: reasonOf(status) };
    } catch (error) {
      post.signal?.throwIfAborted();
      const reason = late.aborted ? `No whole answer within ${patienceMs / 1000} seconds` : wordsOf(error);
      return { status: null, answer: '', milliseconds: took(), reason };
    }
  };
}

function send({ url, headers, body }: Post, places: readonly Resolved[], signal: AbortSignal): Promise<{ status: number; answer: string }> {
  return new Promise((resolve, reject) => {
    const lookup: LookupFunction = (_host, { all }, found) => {
      const [first] = places;
      if (all) found(null, [...places]);
      else if (first) found(null, first.address, first.family);
    };
    const request = url.protocol === 'https:' ? requestSecure : requestPlain;
    const sent = request(
      url,
      {
        method: 'POST',
        agent: false,
        lookup,
        signal,
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Sidekick-Webhooks',
          accept: '*/*',
        },
      },
      (res) => {
        const kept: Buffer[] = [];
        let read = 0;
        const done = () => resolve({ status: res.statusCode ?? 0, answer: textOf(Buffer.concat(kept)) });
        res.on('data', (chunk: Buffer) => {
          if (read < mostKept) kept.push(chunk.subarray(0, mostKept - read));
          read += chunk.length;
          if (read <= mostRead) return;
          done();
          res.destroy();
        });
        res.on('end', done);
        res.on('error', reject);
        res.on('aborted', () => reject(new Error('The connection ended in the middle of the answer')));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const textOf = (bytes: Buffer): string => bytes.toString('utf8').replaceAll('\0', '\uFFFD');

function reasonOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `Answered ${status}: redirects are not followed, give the address it leads to`;
  return `Answered ${status}`;
}

const words: Record<string, string> = {
  ECONNREFUSED: 'Nobody listens there',
  ECONNRESET: 'The connection was lost',
  EHOSTUNREACH: 'There is no way to this machine',
  ENETUNREACH: 'There is no way to this network',
  EPIPE: 'The connection was lost',
  CERT_HAS_EXPIRED: 'Its certificate has run out',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate is signed by nobody that is known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate is signed by nobody that is known here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another name',
};

function wordsOf(error: unknown): string {
  if (error instanceof NoWay) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  return words[code ?? ''] ?? `It could not be sent: ${message}`.slice(0, 300);
}

/** A resolver has no end of its own. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
