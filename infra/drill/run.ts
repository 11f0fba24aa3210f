// npm run drill -- NAME …: breaks a running installation on purpose, counts what it costs, and checks that nothing is lost.
// Against containers, a cluster or any portal by the names below; everything else starts its own processes (main.ts).
const drills = new Map<string, (args: string[]) => Promise<number>>([
  ['alerts', async (args) => (await import('./alerts.ts')).alertsDrill(args)],
  ['cluster', async (args) => (await import('../cluster/drill.ts')).clusterDrill(args)],
  ['full', async () => (await import('./full.ts')).fullDrill()],
  ['compose', async (args) => (await import('./compose.ts')).composeDrill(args)],
  ['walk', async (args) => (await import('./walk.ts')).walkDrill(args, process.env)],
]);

const [name = '', ...args] = process.argv.slice(2);
const drill = drills.get(name);
if (drill) process.exit(await drill(args));
else await import('./main.ts');

export {};
