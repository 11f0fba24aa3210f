import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { InvalidInput } from '@sidekick/service-kit';

/** An address that a host name stands for just now. */
export interface Resolved {
  address: string;
  family: 4 | 6;
}
export type ResolveHost = (host: string) => Promise<Resolved[]>;

/** The addresses of a host as this machine finds them. */
export const ofDns: ResolveHost = async (host) =>
  (await lookup(host, { all: true })).map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));

/** IPv4 that no machine of the internet has (IANA's special-purpose registry, multicast, reserved). */
const special4 = new BlockList();
for (const [net, bits] of [
  ...[['0.0.0.0', 8] as const, ['10.0.0.0', 8] as const, ['100.64.0.0', 10] as const, ['127.0.0.0', 8] as const],
  ...[['169.254.0.0', 16] as const, ['172.16.0.0', 12] as const, ['192.0.0.0', 24] as const, ['192.0.2.0', 24] as const],
  ...[['192.88.99.0', 24] as const, ['192.168.0.0', 16] as const, ['198.18.0.0', 15] as const, ['198.51.100.0', 24] as const],
  ...[['203.0.113.0', 24] as const, ['224.0.0.0', 4] as const, ['240.0.0.0', 4] as const],
])
  special4.addSubnet(net, bits, 'ipv4');

/** Of IPv6 only global unicast may be asked, without what carries an address of IPv4 in it or is for documents. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const special6 = new BlockList();
for (const [net, bits] of [['2001::', 23] as const, ['2001:db8::', 32] as const, ['2002::', 16] as const, ['3fff::', 20] as const])
  special6.addSubnet(net, bits, 'ipv6');

/** Whether an address is one of the internet, and not of this machine, a private network or the metadata of a cloud. */
export function isPublic(address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  if (isIP(plain) === 4) return !special4.check(plain, 'ipv4');
  if (isIP(plain) !== 6) return false;
  return global6.check(plain, 'ipv6') && !special6.check(plain, 'ipv6');
}

/** Hosts of a private network that webhooks may lead to all the same: `chat.internal`, or `127.0.0.1:8065` with a port. */
export type AllowedHosts = readonly string[];

const isAllowed = ({ hostname, host }: URL, allowed: AllowedHosts): boolean => allowed.includes(hostname) || allowed.includes(host);

const refused = (message: string): InvalidInput => new InvalidInput('invalid-body', message, [{ path: 'url', message }]);

/** The address that a webhook leads to, as it is written. Throws InvalidInput at the field `url`. */
export function webhookUrl(text: string, allowed: AllowedHosts): URL {
  if (!URL.canParse(text)) throw refused('This is no address; it begins with https://');
  const url = new URL(text);
  if (url.username || url.password) throw refused('Leave name and password out of the address: every delivery is signed instead');
  if (url.hash) throw refused('Leave out what follows the #: it is never sent');
  if (isAllowed(url, allowed) && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  if (url.protocol !== 'https:') throw refused('Type an address that begins with https://');
  return url;
}

/** Thrown where a host may not be asked, or is not known: words for people. */
export class NoWay extends Error {}

/** The addresses to connect to, each one allowed. Throws NoWay: one that is not is enough, since a name may stand for both. */
export async function placesOf(url: URL, allowed: AllowedHosts, resolve: ResolveHost): Promise<Resolved[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const literal = isIP(host);
  const found = literal ? [{ address: host, family: literal === 6 ? 6 : 4 } as const] : await resolve(host).catch(() => []);
  if (found.length === 0) throw new NoWay(`No machine is known by the name ${host}`);
  if (!isAllowed(url, allowed) && !found.every(({ address }) => isPublic(address)))
    throw new NoWay(`${host} stands on this machine or a private network: ops allow it with WEBHOOK_HOSTS`);
  return [...found];
}

/** Throws InvalidInput at the field where the host may not be asked; one that is not known may be there later. */
export async function refusePrivate(url: URL, allowed: AllowedHosts, resolve: ResolveHost): Promise<void> {
  try {
    await placesOf(url, allowed, resolve);
  } catch (error) {
    if (error instanceof NoWay && !error.message.startsWith('No machine')) throw refused(error.message);
    if (!(error instanceof NoWay)) throw error;
  }
}
