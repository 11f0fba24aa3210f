import { lookup } from 'node:dns/promises';
import { identityHeader } from '@sidekick/service-kit';
import { currentOrigin } from '@sidekick/tracing';
import type { PartAnswer, PartRequest } from './forward.ts';

export type Resolve = (hostname: string) => Promise<string[]>;

export const ofName: Resolve = async (hostname) => (await lookup(hostname, { all: true, family: 4 })).map(({ address }) => address);

export function headersOf({ requestId, signed }: Pick<PartRequest, 'requestId' | 'signed'>): Record<string, string> {
  const traceparent = currentOrigin()?.traceparent;
  return { 'x-request-id': requestId, ...(traceparent && { traceparent }), ...(signed && { [identityHeader]: signed }) };
}

/** Asks every replica of a part; one name may stand for several, as Compose's does where a service is scaled. Null for no answer. */
export async function askReplicas(
  addresses: readonly string[],
  request: PartRequest,
  resolve: Resolve,
): Promise<{ address: string; answer: PartAnswer | null }[]> {
  const each = await Promise.all(addresses.map((address) => replicasBehind(address, resolve)));
  return Promise.all(each.flat().map(async (address) => ({ address, answer: await askOne(address, request).catch(() => null) })));
}

async function replicasBehind(address: string, resolve: Resolve): Promise<string[]> {
  const { protocol, hostname, port } = new URL(address);
  const found = await resolve(hostname).catch(() => []);
  if (found.length < 2) return [address];
  return found.sort().map((ip) => `${protocol}//${ip}${port ? `:${port}` : ''}`);
}

/** By a connection of its own: how a replica is has to be known also when all that it may have are in use. */
async function askOne(address: string, { path, signed, requestId, patience = 5_000 }: PartRequest): Promise<PartAnswer> {
  const answer = await fetch(address + path, { headers: headersOf({ requestId, signed }), signal: AbortSignal.timeout(patience) });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
}
