import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { until } from './kubectl.ts';

export interface Forwarded {
  url: string;
  /** Ends it and waits until it is gone. */
  close(): Promise<void>;
}

/** One pod of a Service on a port of this machine (0: any), through the API server. Throws with kubectl's words when there is none. */
export async function forward(space: string, service: string, port = 0): Promise<Forwarded> {
  const child = spawn('kubectl', ['port-forward', '-n', space, `service/${service}`, `${port || ''}:8080`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let said = '';
  let at: string | undefined;
  child.stderr.on('data', (part) => {
    said += String(part);
  });
  child.on('error', (error) => {
    said += error.message;
  });
  createInterface(child.stdout).on('line', (line) => {
    at ??= /127\.0\.0\.1:(\d+) ->/.exec(line)?.[1];
  });
  const close = async () => {
    child.kill();
    await ended;
  };
  await until(`port-forward of ${service}`, 20, async () => {
    if (child.exitCode !== null) throw new Error(said.trim());
    return at !== undefined;
  }).catch(async (error: Error) => {
    await close();
    throw error;
  });
  return { url: `http://127.0.0.1:${at}`, close };
}
