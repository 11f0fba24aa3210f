const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new ULID: 48 bits of milliseconds, 80 random bits. */
export function ulid(now = Date.now()): string {
  let time = '';
  for (let rest = now, at = 0; at < 10; at++, rest = Math.floor(rest / 32)) time = alphabet[rest % 32] + time;
  const random = crypto.getRandomValues(new Uint8Array(16));
  return time + Array.from(random, (byte) => alphabet[byte % 32]).join('');
}
