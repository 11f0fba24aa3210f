// npm run drill -- NAME: breaks a running installation on purpose, counts what it costs, and checks that nothing is lost.
const drills = new Map<string, (args: string[]) => Promise<number>>([
  ['cluster', async (args) => (await import('../cluster/drill.ts')).clusterDrill(args)],
  ['compose', async (args) => (await import('./compose.ts')).composeDrill(args)],
]);

const [name = '', ...args] = process.argv.slice(2);
const drill = drills.get(name);
if (!drill) {
  console.error(`npm run drill -- NAME; one of: ${[...drills.keys()].join(', ')}`);
  process.exit(1);
}
process.exit(await drill(args));
