import type { LastBackup } from '@sidekick/contracts';
import { lastBackupsOf } from '@sidekick/gateway';
import { backupOf } from './archive.ts';
import type { Opened } from './installation.ts';
import type { Source } from './make.ts';

/** Databases that this process has opened. */
export function openedSource(opened: Opened, release: string): Source {
  const last = lastBackupsOf(opened.stores.gateway);
  return {
    read: async () => backupOf({ ...opened, release, at: new Date() }),
    record: last.record,
    close: opened.close,
  };
}

/** A running portal, asked with the token of a command on its machine or of an account with the role ops. */
export function portalSource({ url, token }: { url: string; token: string }): Source {
  const ask = async (method: string, body?: LastBackup) => {
    const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) };
    const response = await fetch(`${url}/api/v1/system/backup`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (response.ok) return response;
    const { title } = (await response.json().catch(() => ({}))) as { title?: string };
    throw new Error(`The portal at ${url} refused: ${title ?? response.status}`);
  };
  return {
    async read() {
      const { body } = await ask('GET');
      if (!body) throw new Error(`The portal at ${url} sent nothing`);
      return body as unknown as AsyncIterable<Uint8Array>;
    },
    record: async (backup) => void (await ask('PUT', backup)),
    close: async () => {},
  };
}
