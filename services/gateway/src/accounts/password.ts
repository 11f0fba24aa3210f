import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';

/** Argon2id with 19 MiB and 2 passes: OWASP Password Storage Cheat Sheet. Argon2id is the library's default algorithm. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Half of libuv's threads: they also compress, read files and look up names, for all that runs in this process. */
const inTurn = pLimit(2);

/** Composed (RFC 8265, OpaqueString): keyboards differ in how they send an accented letter. */
const composed = (password: string): string => password.normalize('NFC');

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(composed(password), cost));

let nobody: Promise<string> | undefined;

/** Whether the password is right. Takes as long when there is no hash to compare with, so that time tells nothing about accounts. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  if (stored !== null) {
    const isRight = (typed: string) => inTurn(() => verify(stored, typed));
    // One that was set before passwords were composed is kept as it was typed.
    return (await isRight(composed(password))) || (composed(password) !== password && (await isRight(password)));
  }
  nobody ??= hashPassword('nobody has this password');
  const hashed = await nobody;
  await inTurn(() => verify(hashed, password));
  return false;
}
