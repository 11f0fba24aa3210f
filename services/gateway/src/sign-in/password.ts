import { hash, verify } from '@node-rs/argon2';

/** Argon2id with 19 MiB and 2 passes: OWASP Password Storage Cheat Sheet. Argon2id is the library's default algorithm. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

let nobody: Promise<string> | undefined;

/** Whether the password is right. Takes as long when there is no hash to compare with, so that time tells nothing about accounts. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  if (stored !== null) return verify(stored, password);
  nobody ??= hashPassword('nobody has this password');
  await verify(await nobody, password);
  return false;
}
