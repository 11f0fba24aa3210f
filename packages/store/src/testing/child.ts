import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const register = fileURLToPath(new URL('../../../../infra/ts/register.mjs', import.meta.url));

/** Runs a script of this folder as a process of its own. */
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
    /** Its whole lines so far: what it acknowledged. Throws when it failed by itself. */
    lines(): string[] {
      if (child.exitCode) throw new Error(`${script} ended: ${errors}`);
      return out.split('\n').slice(0, -1);
    },
    /** SIGKILL; resolves when all it wrote has been read. */
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await ended;
    },
    /** Resolves when it has ended by itself. */
    async done(): Promise<void> {
      await ended;
      if (child.exitCode !== 0) throw new Error(`${script} ended with ${child.exitCode}: ${errors}`);
    },
  };
}
