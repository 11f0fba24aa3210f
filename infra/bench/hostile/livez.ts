import { request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/** Asks `/livez` again and again, in a thread of its own; told to, says how long the longest answer took since it was last told. */
const url = new URL('/livez', String(workerData));
let worst = 0;
let askedAt = performance.now();

function ask(): void {
  askedAt = performance.now();
  const next = () => {
    worst = Math.max(worst, performance.now() - askedAt);
    setTimeout(ask, 2);
  };
  request(url, (answer) => answer.resume().on('end', next))
    .on('error', next)
    .end();
}
ask();
parentPort?.on('message', () => {
  parentPort?.postMessage(Math.max(worst, performance.now() - askedAt));
  worst = 0;
});
