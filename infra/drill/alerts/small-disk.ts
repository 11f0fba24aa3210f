import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** A disk of its own of so many megabytes, to be filled. Answers how to give it back. */
export async function smallDisk(folder: string, megabytes: number): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true });
  const run = (command: string, ...words: string[]) =>
    new Promise<void>((resolve, reject) => {
      const child = spawn(command, words, { stdio: 'inherit' });
      child.once('error', reject);
      child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}: a small disk needs root`))));
    });
  await run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder);
  return () => run('umount', '-l', folder);
}
