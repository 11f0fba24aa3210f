import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LastBackup } from '@sidekick/contracts';
import { NotFound, type Route, route } from '@sidekick/service-kit';
import type { LastBackups } from './last-backup.ts';

export interface BackupDeps {
  /** The bytes of a backup made now; null where this process does not hold everything. */
  backup: (() => AsyncIterable<Uint8Array>) | null;
  lastBackups: LastBackups;
}

/** What `npm run backup` asks of a portal that runs. */
export const backupRoutes = ({ backup, lastBackups }: BackupDeps): Route[] => [
  route({
    method: 'get',
    path: '/system/backup',
    operation: 'readBackup',
    summary: 'A backup of everything, made now; one that was cut short has no list at its end',
    access: ['ops'],
    answers: { 200: { media: 'application/gzip' } },
    problems: [404],
    handle: async ({ res, log }) => {
      if (!backup) throw new NotFound('no-backup-here', 'The parts run apart: back up their databases with npm run backup');
      res.writeHead(200, { 'content-type': 'application/gzip', 'cache-control': 'no-store' });
      await pipeline(Readable.from(backup()), res).catch((err: unknown) => {
        log.warn({ err }, 'a backup was not read to its end');
        res.destroy();
      });
      return null;
    },
  }),
  route({
    method: 'put',
    path: '/system/backup',
    operation: 'recordBackup',
    summary: 'Notes that a backup was written, read again and found whole',
    access: ['ops'],
    body: LastBackup,
    answers: { 204: null },
    handle: async ({ body }) => {
      await lastBackups.record(body);
      return { status: 204 };
    },
  }),
];
