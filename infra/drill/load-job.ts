// Loads a portal until SIGTERM or for LOAD_SECONDS, then checks that everything acknowledged is there and search equals it.
// A line of JSON each second, the last one with `ended: true`. Exit 1 when something was lost or search differs.
import { startLoad } from './load.ts';

const { SIDEKICK_URL: url, SIDEKICK_TOKEN: token, SIDEKICK_HOST: host, LOAD_PER_SECOND, LOAD_SECONDS } = process.env;
if (!url || !token) {
  console.error('Set SIDEKICK_URL and SIDEKICK_TOKEN (and SIDEKICK_HOST, where the portal has another public name).');
  process.exit(1);
}
const load = startLoad({ url, token, host, perSecond: Number(LOAD_PER_SECOND ?? 100) });
const say = (more: object = {}) => console.log(JSON.stringify({ at: new Date().toISOString(), ...load.counts(), ...more }));
const ticker = setInterval(say, 1_000);
await new Promise<void>((resolve) => {
  const timer = setTimeout(resolve, Number(LOAD_SECONDS ?? 2_147_483) * 1_000);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      clearTimeout(timer);
      resolve();
    });
});
await load.stop();
await load.settle();
clearInterval(ticker);
const wrong = await load.verify();
load.close();
say({ ended: true, wrong: wrong.length, examples: wrong.slice(0, 20) });
process.exitCode = wrong.length > 0 ? 1 : 0;
