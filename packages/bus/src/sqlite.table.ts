import type { QueueName } from '@sidekick/contracts';
import { openOwnFile } from '@sidekick/sqlite';
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

const sql = {
  insert: 'insert into delivery (queue, body) values (?, ?)',
  remove: 'delete from delivery where id = ?',
  retry: 'update delivery set attempts = ?, due = ? where id = ?',
  bury: 'update delivery set attempts = ?, died_at = ?, reason = ? where id = ?',
  due: `select ${columns} from delivery where queue = ? and died_at is null and due <= ? order by id limit ?`,
  nextDue: 'select min(due) as due from delivery where queue = ? and died_at is null',
  depth: 'select count(*) as rows from delivery where queue = ? and died_at is null',
  deadCount: 'select count(*) as rows from delivery where queue = ? and died_at is not null',
  dead: `select ${columns} from delivery where queue = ? and died_at is not null order by id limit ?`,
  oldest: 'select body from delivery where queue = ? and died_at is null order by id limit 1',
  known: 'select queue from subscription where queue = ?',
  subscribed: 'insert or ignore into subscription (queue) values (?)',
  revive: 'update delivery set attempts = 0, due = 0, died_at = null, reason = null where queue = ? and id = ? and died_at is not null',
  discard: 'delete from delivery where queue = ? and id = ? and died_at is not null',
  forget: 'delete from delivery where queue = ?',
};

/** Opens the file for this process alone: throws FileInUse while another holds it. */
export function openDeliveries(file: string): Deliveries {
  const { all, get, run, exec, write, trouble, close } = openOwnFile(file);
  exec(`begin immediate; ${schema} commit;`);
  return {
    insert: (rows) =>
      write(() => {
        for (const { queue, body } of rows) run(sql.insert, [queue, body]);
      }),
    remove: (id) => write(() => void run(sql.remove, [id])),
    retry: (id, attempts, due) => write(() => void run(sql.retry, [attempts, due, id])),
    bury: (id, attempts, reason) => write(() => void run(sql.bury, [attempts, Date.now(), reason, id])),
    due: (queue, limit) => all(sql.due, [queue, Date.now(), limit]) as unknown as Delivery[],
    nextDue: (queue) => (get(sql.nextDue, [queue]) as { due: number | null }).due,
    depth: (queue) => (get(sql.depth, [queue]) as { rows: number }).rows,
    dead: (queue, limit) => all(sql.dead, [queue, limit]) as unknown as Delivery[],
    deadCount: (queue) => (get(sql.deadCount, [queue]) as { rows: number }).rows,
    oldest: (queue) => (get(sql.oldest, [queue]) as { body: string } | undefined)?.body ?? null,
    known: (queue) => get(sql.known, [queue]) !== undefined,
    subscribed: (queue) => write(() => void run(sql.subscribed, [queue])),
    revive: (queue, id) => write(() => run(sql.revive, [queue, Number(id)]) > 0),
    discard: (queue, id) => write(() => run(sql.discard, [queue, Number(id)]) > 0),
    forget: (queues) => {
      for (const queue of queues) run(sql.forget, [queue]);
    },
    health: () => (trouble() === null ? { ok: true } : { ok: false, reason: reasonOf(trouble()) }),
    close,
  };
}
