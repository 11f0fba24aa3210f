import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const register = fileURLToPath(new URL('../../../../infra/ts/register.mjs', import.meta.url));

/** Runs a script of this folder as a process of its own, to be killed. */
export function childOf(script: string, parameters: readonly string[]) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ['--import', register, path, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'close');
  return {
    /** The numbers of its whole lines `<word> <number>`. Throws when it ended by itself. */
    numbers(word: string): number[] {
      if (child.exitCode !== null) throw new Error(`${script} ended: ${errors}`);
      return [...out.matchAll(new RegExp(`^${word} (\\d+)\\n`, 'gm'))].map(([, number]) => Number(number));
    },
    /** SIGKILL; resolves when all it wrote has been read. */
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
