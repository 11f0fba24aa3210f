import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Envelope } from '@sidekick/contracts';
import { identityHeader, type SignIdentity } from '@sidekick/service-kit';

export interface SnapshotSource {
  /** Addresses of the owner. */
  urls: readonly string[];
  /** Of its snapshot, e.g. `/pages/snapshot`. */
  path: string;
  sign: SignIdentity;
}

/** Who this service is to the owners: it may read their snapshots. */
const search = { account: '00000000000000000000SEARCH', name: 'Search', roles: ['ops' as const], person: null };

/** Reads an owner's snapshot over HTTP, one event a line; from the next address when one does not answer. */
export async function* snapshotOver({ urls, path, sign }: SnapshotSource): AsyncIterable<Envelope> {
  const body = await firstAnswer(urls, path, await sign(search));
  for await (const line of createInterface({ input: Readable.fromWeb(body as never), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line !== '') yield JSON.parse(line) as Envelope;
  }
}

async function firstAnswer(urls: readonly string[], path: string, signed: string): Promise<ReadableStream> {
  let failure: unknown;
  for (const url of urls) {
    try {
      const response = await fetch(url + path, { headers: { [identityHeader]: signed } });
      if (response.ok && response.body) return response.body;
      failure = new Error(`${url}${path} answered ${response.status}`);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
