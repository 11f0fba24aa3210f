/** `__Host-` binds it to this host over a secure connection; browsers count localhost and 127.0.0.1 as secure. */
const name = '__Host-session';
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** The session's secret in a Cookie header. */
export function sessionCookie(header: string | undefined): string | null {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}

export const setSession = (secret: string, seconds: number): string => `${name}=${secret}; ${attributes}; Max-Age=${seconds}`;
export const clearSession = `${name}=; ${attributes}; Max-Age=0`;
