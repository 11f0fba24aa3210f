import { fileURLToPath } from 'node:url';
import { type Ended, runScript } from '@sidekick/testing';

/** Runs a script of this folder as a process of its own. */
export function childOf(script: string, parameters: readonly string[]) {
  const child = runScript(fileURLToPath(new URL(script, import.meta.url)), parameters);
  let end: Ended | undefined;
  void child.ended.then((ended) => {
    end = ended;
  });
  return {
    /** Its whole lines so far: what it acknowledged. Throws when it failed by itself. */
    lines(): string[] {
      if (end?.code) throw new Error(`${script} ended: ${end.errors}`);
      return child.out().split('\n').slice(0, -1);
    },
    /** SIGKILL; resolves when all it wrote has been read. */
    async kill(): Promise<void> {
      child.signal('SIGKILL');
      await child.ended;
    },
    /** Resolves when it has ended by itself. */
    async done(): Promise<void> {
      const { code, errors } = await child.ended;
      if (code !== 0) throw new Error(`${script} ended with ${code}: ${errors}`);
    },
  };
}
