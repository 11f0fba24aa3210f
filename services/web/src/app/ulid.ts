const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The ULID that comes so many steps after another: ids of records that are made with it, the same whenever they are asked for. */
export function ulidAfter(id: string, steps: number): string {
  let rest = steps;
  let end = '';
  for (let at = id.length - 1; at >= 0; at--) {
    rest += alphabet.indexOf(id[at] ?? '0');
    end = alphabet[rest % 32] + end;
    rest = Math.floor(rest / 32);
  }
  return end;
}

/** A new ULID: 48 bits of milliseconds, 80 random bits. */
export function ulid(now = Date.now()): string {
  let time = '';
  for (let rest = now, at = 0; at < 10; at++, rest = Math.floor(rest / 32)) time = alphabet[rest % 32] + time;
  const random = crypto.getRandomValues(new Uint8Array(16));
  return time + Array.from(random, (byte) => alphabet[byte % 32]).join('');
}
