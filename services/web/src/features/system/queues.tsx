import type { SystemView } from '@sidekick/contracts';
import { alarms, type Queue, queuesOf, span } from './figures-of.ts';
import { Table } from './table.tsx';

const jobs: Record<string, string> = {
  'search.index': 'pages, people, projects into the index',
  'gateway.webhooks': 'what changed, to webhooks',
};

/** Queues that keep events, one a replica where each has its own; dead letters are counted by queue. */
export function Queues({ system }: { system: SystemView }) {
  const queues = queuesOf(system);
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  return (
    <>
      <div className="sec">
        <h2>Events</h2>
        <span className="muted">
          {queues.length === 1 ? '1 queue' : `${queues.length} queues`}, {waiting === 1 ? '1 waits' : `${waiting} wait`}
        </span>
      </div>
      <Table
        label="Queues"
        heads={
          <>
            <th>Queue</th>
            <th>For</th>
            <th className="num">Wait</th>
            <th className="num">Oldest</th>
            <th className="num">Dead</th>
          </>
        }
      >
        {system.dead.map(({ queue, count }) => (
          <Rows key={queue} queue={queue} dead={count} of={queues.filter((one) => one.queue === queue)} />
        ))}
      </Table>
    </>
  );
}

function Rows({ queue, dead, of }: { queue: string; dead: number | null; of: Queue[] }) {
  const rows = of.length > 0 ? of : [{ queue, name: queue, waiting: null, oldest: null }];
  return rows.map(({ name, waiting, oldest }, at) => (
    <tr key={name}>
      <td className="mono">{name}</td>
      <td className="mid">{jobs[queue] ?? queue}</td>
      <td className="num">{waiting === null ? <span className="muted">not said</span> : waiting > 0 ? <b>{waiting}</b> : 0}</td>
      <td className="num">
        <span className={(oldest ?? 0) > alarms.behind ? 'warn' : undefined}>{oldest === null ? '–' : span(oldest)}</span>
      </td>
      {at === 0 && (
        <td className="num" rowSpan={rows.length}>
          {dead ?? '–'}
        </td>
      )}
    </tr>
  ));
}
