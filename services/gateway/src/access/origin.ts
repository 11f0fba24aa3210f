const loopback = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** Whether a host name, without its port, is this machine. */
export const isLoopback = (host: string): boolean => loopback.has(host.toLowerCase());

/** The parts of a request that decide where it comes from. */
export interface Origins {
  method?: string | undefined;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
const hostname = (host: string): string => host.replace(/:\d+$/, '');

/** Whether the Host header is the portal's own, so that no other name that resolves here (DNS rebinding) is served. */
export function ownHost(publicUrl: URL, { headers }: Origins): boolean {
  const host = one(headers.host)?.toLowerCase();
  if (!host) return false;
  return host === publicUrl.host || (isLoopback(publicUrl.hostname) && isLoopback(hostname(host)));
}

/**
 * Whether a command on this machine sends the request to the address that the portal listens on, which need not be the one
 * that browsers know: by a token and without a cookie, so that it is no browser's.
 */
export function byCommand(ownAddress: string | undefined, { headers }: Origins): boolean {
  const isOwn = ownAddress !== undefined && one(headers.host)?.toLowerCase() === new URL(ownAddress).host;
  return isOwn && headers['authorization'] !== undefined && headers['cookie'] === undefined && headers['origin'] === undefined;
}

/** Whether a header that names an origin is the portal itself. */
function ownOrigin(publicUrl: URL, origin: string, headers: Origins['headers']): boolean {
  if (origin === publicUrl.origin) return true;
  return isLoopback(publicUrl.hostname) && origin === `http://${one(headers.host)}`;
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may act with the rights of a cookie: it reads only, or it comes from a page of our own by `Origin` or
 * `Sec-Fetch-Site`. Without either only a request that brings no cookie passes: no browser is behind it.
 */
export function sameSite(publicUrl: URL, { method = '', headers }: Origins, hasSession: boolean): boolean {
  if (safe.has(method)) return true;
  const origin = one(headers['origin']);
  const site = one(headers['sec-fetch-site']);
  if (origin !== undefined && !ownOrigin(publicUrl, origin, headers)) return false;
  if (site !== undefined && site !== 'same-origin') return false;
  return origin !== undefined || site !== undefined || !hasSession;
}

const forwarding = ['forwarded', 'via', 'x-real-ip'];

/** Whether a proxy has passed the request on: then loopback says nothing about who asks. */
const forwarded = (headers: Origins['headers']): boolean =>
  Object.keys(headers).some((name) => forwarding.includes(name) || name.startsWith('x-forwarded'));

/** Whether the request was sent on this machine to a portal that only this machine reaches. */
export function fromThisMachine(bindHost: string, { headers }: Pick<Origins, 'headers'>): boolean {
  return isLoopback(bindHost) && isLoopback(hostname(one(headers.host) ?? '')) && !forwarded(headers);
}
