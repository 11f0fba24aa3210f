// npm test: sets itself up, checks, then unit, integration and end-to-end tests. Arguments go to Jest.
import { install, requireNode, run } from './installed.mjs';

requireNode();
install({ withTools: true });
const checked = run(['infra/scripts/check.mjs']);
const built = run(['infra/scripts/build-web.mjs']);
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  '--import',
  './infra/ts/register.mjs',
  'node_modules/jest/bin/jest.js',
];
const tested = run([...jest, '--config', 'infra/jest/jest.config.mjs', ...process.argv.slice(2)]);
if (checked !== 0) console.error('npm run check failed; its lines are above the tests.');
process.exit(checked || built || tested);
