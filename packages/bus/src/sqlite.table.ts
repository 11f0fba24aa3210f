import type { QueueName } from '@sidekick/contracts';
import Database from 'libsql';
import { reasonOf } from './delivery.ts';

export interface Delivery {
  id: number;
  queue: QueueName;
  body: string;
  /** Failed tries so far. */
  attempts: number;
  diedAt: number | null;
  reason: string | null;
}

/** The rows behind the bus. Writes of one tick share a commit; each promise settles with it. */
export interface Deliveries {
  insert(rows: readonly { queue: QueueName; body: string }[]): Promise<void>;
  remove(id: number): Promise<void>;
  /** `due` in milliseconds since the epoch. */
  retry(id: number, attempts: number, due: number): Promise<void>;
  bury(id: number, attempts: number, reason: string): Promise<void>;
  /** Live rows whose time has come, oldest first. */
  due(queue: QueueName, limit: number): Delivery[];
  /** When the next waiting row is due; null when none waits. */
  nextDue(queue: QueueName): number | null;
  depth(queue: QueueName): number;
  dead(queue: QueueName, limit: number): Delivery[];
  deadCount(queue: QueueName): number;
  /** False when there is no such dead row. */
  revive(queue: QueueName, id: string): Promise<boolean>;
  discard(queue: QueueName, id: string): Promise<boolean>;
  /** Oldest live row, waiting for its next try or not. */
  oldest(queue: QueueName): string | null;
  /** Whether this queue has ever been subscribed; `subscribed` notes it. */
  known(queue: QueueName): boolean;
  subscribed(queue: QueueName): Promise<void>;
  /** Deletes every row of these queues, dead ones too. */
  forget(queues: readonly QueueName[]): void;
  health(): { ok: boolean; reason?: string };
  close(): Promise<void>;
}

const schema = `
  create table if not exists delivery (
    id integer primary key autoincrement,
    queue text not null,
    body text not null,
    attempts integer not null default 0,
    due integer not null default 0,
    died_at integer,
    reason text
  );
  create table if not exists subscription (queue text primary key) without rowid;
  create index if not exists delivery_live on delivery (queue, id) where died_at is null;
  create index if not exists delivery_due on delivery (queue, due) where died_at is null;
  create index if not exists delivery_dead on delivery (queue, id) where died_at is not null;
`;
const columns = 'id, queue, body, attempts, died_at as diedAt, reason';

/** Opens the file for this process alone: throws SQLITE_BUSY while another holds it. */
export function openDeliveries(file: string): Deliveries {
  const db = new Database(file);
  db.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full;');
  db.exec(`begin immediate; ${schema} commit;`);
  const { write, flush, health } = groupCommit(db);
  const sql = statements(db);
  return {
    insert: (rows) =>
      write(() => {
        for (const { queue, body } of rows) sql.insert.run([queue, body]);
      }),
    remove: (id) => write(() => void sql.remove.run([id])),
    retry: (id, attempts, due) => write(() => void sql.retry.run([attempts, due, id])),
    bury: (id, attempts, reason) => write(() => void sql.bury.run([attempts, Date.now(), reason, id])),
    due: (queue, limit) => sql.due.all([queue, Date.now(), limit]) as Delivery[],
    nextDue: (queue) => (sql.nextDue.get([queue]) as { due: number | null }).due,
    depth: (queue) => (sql.depth.get([queue]) as { rows: number }).rows,
    dead: (queue, limit) => sql.dead.all([queue, limit]) as Delivery[],
    deadCount: (queue) => (sql.deadCount.get([queue]) as { rows: number }).rows,
    oldest: (queue) => (sql.oldest.get([queue]) as { body: string } | undefined)?.body ?? null,
    known: (queue) => sql.known.get([queue]) !== undefined,
    subscribed: (queue) => write(() => void sql.subscribed.run([queue])),
    revive: (queue, id) => write(() => sql.revive.run([queue, Number(id)]).changes > 0),
    discard: (queue, id) => write(() => sql.discard.run([queue, Number(id)]).changes > 0),
    forget: (queues) => {
      for (const queue of queues) sql.forget.run([queue]);
    },
    health,
    async close() {
      await flush();
      // libsql keeps the lock of a closed connection until its statements are collected: give it up first.
      db.exec('pragma journal_mode = delete; pragma locking_mode = normal; select count(*) from sqlite_master;');
      db.close();
    },
  };
}

function statements(db: Database.Database) {
  return {
    insert: db.prepare('insert into delivery (queue, body) values (?, ?)'),
    remove: db.prepare('delete from delivery where id = ?'),
    retry: db.prepare('update delivery set attempts = ?, due = ? where id = ?'),
    bury: db.prepare('update delivery set attempts = ?, died_at = ?, reason = ? where id = ?'),
    due: db.prepare(`select ${columns} from delivery where queue = ? and died_at is null and due <= ? order by id limit ?`),
    nextDue: db.prepare('select min(due) as due from delivery where queue = ? and died_at is null'),
    depth: db.prepare('select count(*) as rows from delivery where queue = ? and died_at is null'),
    deadCount: db.prepare('select count(*) as rows from delivery where queue = ? and died_at is not null'),
    dead: db.prepare(`select ${columns} from delivery where queue = ? and died_at is not null order by id limit ?`),
    oldest: db.prepare('select body from delivery where queue = ? and died_at is null order by id limit 1'),
    known: db.prepare('select queue from subscription where queue = ?'),
    subscribed: db.prepare('insert or ignore into subscription (queue) values (?)'),
    revive: db.prepare(
      'update delivery set attempts = 0, due = 0, died_at = null, reason = null where queue = ? and id = ? and died_at is not null',
    ),
    discard: db.prepare('delete from delivery where queue = ? and id = ? and died_at is not null'),
    forget: db.prepare('delete from delivery where queue = ?'),
  };
}

/** Collects the writes of a tick into one transaction: a thousand publishes wait for one flush to disk. */
function groupCommit(db: Database.Database) {
  let waiting: { work: () => void; reject: (error: unknown) => void; settle: () => void }[] = [];
  let scheduled: Promise<void> | undefined;
  let trouble: string | undefined;

  const commit = () => {
    const group = waiting;
    waiting = [];
    scheduled = undefined;
    try {
      db.exec('begin immediate');
      for (const { work } of group) work();
      db.exec('commit');
      trouble = undefined;
      for (const { settle } of group) settle();
    } catch (error) {
      trouble = reasonOf(error);
      if (db.inTransaction) db.exec('rollback');
      for (const { reject } of group) reject(error);
    }
  };
  const schedule = () => {
    scheduled ??= new Promise<void>((resolve) => setImmediate(resolve)).then(commit);
    return scheduled;
  };
  return {
    write<T>(work: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        let result: T;
        waiting.push({
          work: () => {
            result = work();
          },
          settle: () => resolve(result),
          reject,
        });
        void schedule();
      });
    },
    flush: async () => {
      while (scheduled) await scheduled;
    },
    health: () => (trouble === undefined ? { ok: true } : { ok: false, reason: trouble }),
  };
}
