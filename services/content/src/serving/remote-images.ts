import { createHash } from 'node:crypto';

/** Pictures that lie on other servers: shown from the hosts of a setting; from any other they are a link with their words. */
export interface RemoteImages {
  /** Works on HTML as `sanitise` leaves it: the address first, attributes in double quotes. Linear. */
  show(html: string): string;
  /** Names the setting, for keys of caches. */
  readonly key: string;
}

const tag = /<a [^>]*>|<\/a>|<img(?: src="([^"]*)")?([^>]*)>/g;

export function remoteImages(hosts: readonly string[]): RemoteImages {
  const suffixes = hosts.filter((host) => host.startsWith('*.')).map((host) => host.slice(1));
  const exact = new Set(hosts);
  const allowed = (address: string): boolean => {
    if (!address.startsWith('https://') || !URL.canParse(address)) return false;
    const { host } = new URL(address);
    return exact.has(host) || suffixes.some((suffix) => host.endsWith(suffix));
  };
  return {
    key: createHash('sha256').update(hosts.join()).digest('hex').slice(0, 8),
    show(html) {
      let inLink = false;
      return html.replaceAll(tag, (whole, src: string | undefined, rest: string | undefined) => {
        if (rest === undefined) {
          inLink = whole !== '</a>';
          return whole;
        }
        const address = src?.replaceAll('&amp;', '&') ?? '';
        // Pictures of the portal itself have an address of its own.
        if (address.startsWith('/') && !address.startsWith('//')) return whole;
        if (allowed(address)) return whole;
        const words = / alt="([^"]*)"/.exec(rest)?.[1] || lastPart(src ?? '');
        if (inLink || !/^https?:\/\//.test(address)) return `<span data-missing="image">${words}</span>`;
        return `<a href="${src}" rel="noopener noreferrer" data-remote="image">${words}</a>`;
      });
    },
  };
}

/** The end of an address stands for a picture without words. */
const lastPart = (src: string): string => src.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1) ?? '';
