import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSettings } from '../config.ts';
import { openDataFolder } from '../data-folder.ts';
import { type Portal, type PortalOptions, startPortal } from '../portal.ts';
import { type Caller, callerAt } from './caller.ts';
import { aFolder } from './portal-process.ts';

export interface PortalHere {
  portal: Portal;
  url: string;
  /** A command on this machine: a token with every role. */
  command: Caller;
  browser(): Caller;
  close(): Promise<void>;
}

/** An empty portal in this process, on a free port and in a folder of its own; today is 2026-11-30. */
export async function portalHere(
  args: readonly string[] = [],
  path = aFolder(),
  more: Partial<Pick<PortalOptions, 'logTo' | 'webRoot'>> = {},
): Promise<PortalHere> {
  const settings = readSettings(['--port', '0', '--data', path, '--empty', '--today', '2026-11-30', '--log-level', 'silent', ...args], {});
  const webRoot = fileURLToPath(new URL('../../../web/dist', import.meta.url));
  const portal = await startPortal({ settings, folder: openDataFolder(path), webRoot, version: '0', ...more });
  const token = await portal.gateway.issueLocalToken();
  return {
    portal,
    url: portal.url,
    command: callerAt(() => ({ url: portal.url, token })),
    browser: () => callerAt(() => ({ url: portal.url })),
    async close() {
      await portal.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}
