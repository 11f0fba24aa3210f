import { request } from 'node:http';
import type { LiveEvent } from '@sidekick/contracts';

export interface Watch {
  /** What has arrived, with the instant in milliseconds. */
  readonly seen: { event: LiveEvent; at: number }[];
  /** Whether the portal has ended it. */
  ended(): boolean;
  leave(): void;
}

/** An open screen: the event stream of somebody signed in. Resolves when the stream has begun. `host` is the portal's where `url` is one of several gateways. */
export function watch(url: string, cookie: string, host?: string): Promise<Watch> {
  return new Promise((resolve, reject) => {
    const req = request(`${url}/api/v1/events`, { headers: { cookie, ...(host ? { host } : {}) }, agent: false }, (res) => {
      if (res.statusCode !== 200) return reject(new Error(`events answered ${res.statusCode}`));
      const seen: Watch['seen'] = [];
      let rest = '';
      res.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines)
          if (line.startsWith('data:')) seen.push({ event: JSON.parse(line.slice(5)) as LiveEvent, at: Date.now() });
      });
      res.on('error', () => undefined);
      let ended = false;
      res.on('close', () => {
        ended = true;
      });
      resolve({ seen, ended: () => ended, leave: () => res.destroy() });
    });
    req.on('error', reject);
    req.end();
  });
}
