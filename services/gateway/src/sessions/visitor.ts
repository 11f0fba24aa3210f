import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { unseen } from '@sidekick/contracts';
import Bowser from 'bowser';
import { knownBrowserCookie } from './cookie.ts';

/** Where somebody sits who signs in. */
export interface Visitor {
  /** As the gateway sees it. */
  address: string;
  /** Such as `Firefox on Linux`; empty when it does not say. */
  browser: string;
  /** What an earlier sign-in left in this browser; null without. */
  known: string | null;
}

const noted = new WeakMap<IncomingMessage, Pick<Visitor, 'address' | 'known'>>();

/** Keeps where a request comes from and what tells its browser, before it loses its cookies; `proxyHops` proxies stand before the gateway. */
export const noteVisitor = (req: IncomingMessage, proxyHops: number): void =>
  void noted.set(req, { address: addressOf(req, proxyHops), known: knownBrowserCookie(req.headers.cookie) });

export function visitorOf(req: IncomingMessage): Visitor {
  const { address, known } = noted.get(req) ?? { address: 'unknown', known: null };
  return { address, browser: browserName(req.headers['user-agent']), known };
}

/** Each proxy adds the address that it was asked from at the end of X-Forwarded-For; what stands before those of our own proxies anybody can write. */
export function addressOf({ headers, socket }: IncomingMessage, proxyHops: number): string {
  const passed = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .flatMap((address) => address.trim() || []);
  const way = [...passed, socket.remoteAddress ?? 'unknown'];
  return way.at(-1 - Math.min(proxyHops, passed.length)) ?? 'unknown';
}

/** What a User-Agent header stands for, in words of at most 80 letters. */
function browserName(header: string | undefined): string {
  if (!header) return '';
  const { browser, os } = Bowser.parse(header.slice(0, 300));
  const name = [browser.name, os.name].filter(Boolean).join(' on ');
  return name.length > 80 || unseen.test(name) ? '' : name;
}

/** What limits count an address by: one of IPv6 by its network of 64 bits, since a single machine has all of it. */
export function placeOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().replace(/%.*$/, '').split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail?.split(':').filter(Boolean) ?? [];
  const gap = tail === undefined ? 0 : 8 - front.length - back.length;
  const groups = [...front, ...Array.from({ length: Math.max(0, gap) }, () => '0'), ...back];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
