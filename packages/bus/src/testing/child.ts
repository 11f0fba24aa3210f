import { fileURLToPath } from 'node:url';
import { type Ended, runScript } from '@sidekick/testing';

/** Runs a script of this folder as a process of its own, to be killed. */
export function childOf(script: string, parameters: readonly string[]) {
  const child = runScript(fileURLToPath(new URL(script, import.meta.url)), parameters);
  let end: Ended | undefined;
  void child.ended.then((ended) => {
    end = ended;
  });
  return {
    /** The numbers of its whole lines `<word> <number>`. Throws when it ended by itself. */
    numbers(word: string): number[] {
      if (end && end.code !== null) throw new Error(`${script} ended: ${end.errors}`);
      return [...child.out().matchAll(new RegExp(`^${word} (\\d+)\\n`, 'gm'))].map(([, number]) => Number(number));
    },
    /** SIGKILL; resolves when all it wrote has been read. */
    async kill(): Promise<void> {
      child.signal('SIGKILL');
      await child.ended;
    },
  };
}
