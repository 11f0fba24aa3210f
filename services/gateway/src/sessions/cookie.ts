/** `__Host-` binds them to this host over a secure connection; browsers count localhost and 127.0.0.1 as secure. */
const session = '__Host-session';
/** Left by a sign-in for good: it signs nobody in, but tells this browser from those of others who guess. */
const browser = '__Host-browser';
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** The session's secret in a Cookie header. */
export const sessionCookie = (header: string | undefined): string | null => secretIn(header, session);
export const knownBrowserCookie = (header: string | undefined): string | null => secretIn(header, browser);

function secretIn(header: string | undefined, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}

export const setSession = (secret: string, seconds: number): string => `${session}=${secret}; ${attributes}; Max-Age=${seconds}`;
export const clearSession = `${session}=; ${attributes}; Max-Age=0`;
export const setKnownBrowser = (secret: string, seconds: number): string => `${browser}=${secret}; ${attributes}; Max-Age=${seconds}`;
