// npm run new -- service/feature: a folder with a route, a decision, a contract and tests that pass, mounted in the service.
import { fileURLToPath } from 'node:url';
import { featureOf, filesOf, Refused } from '../new/feature.ts';
import { write } from '../new/write.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

try {
  const feature = featureOf(process.argv.slice(2).join(' '));
  const files = filesOf(root, feature);
  write(root, files);
  const { service, file, path } = feature;
  console.log(`GET /api/v1${path} answers already. From the inside out, make it what you need:\n`);
  for (const name of files.keys()) console.log(`  ${name}`);
  console.log(`\nThen: npm run jest -- services/${service}/src/${file} && npm run check`);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(`${error.message}\nUsage: npm run new -- service/feature`);
  process.exitCode = 1;
}
