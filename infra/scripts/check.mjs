// npm run check: types, Biome, import rules, unused code, OpenAPI and event schemas. Every check runs; any failure fails.
import { install, requireNode, run } from './installed.mjs';

requireNode();
install({ withTools: true });
const hook = ['--import', './infra/ts/register.mjs'];
const checks = {
  types: ['node_modules/typescript/bin/tsc', '-b'],
  Biome: ['node_modules/@biomejs/biome/bin/biome', 'check', '--config-path', 'infra/check/lint.json', '--error-on-warnings', '.'],
  'import rules': [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    '--config',
    'infra/check/dependency-cruiser.mjs',
    'packages',
    'services',
    'infra',
  ],
  folders: [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    '--config',
    'infra/check/folders.mjs',
    'services/content',
    'services/search',
    'services/gateway',
    'services/staffing',
  ],
  'folders of the web': [...hook, 'infra/check/web/main.ts'],
  'unused code': ['node_modules/knip/bin/knip.js', '--config', 'infra/check/knip.json'],
  schemas: [...hook, 'infra/check/schemas.ts'],
  observability: [...hook, 'infra/check/observability/main.ts'],
  'next release': [...hook, 'infra/next-release/make.ts', '--check'],
  manifests: [...hook, 'infra/check/manifests/main.ts'],
  containers: [...hook, 'infra/check/containers/main.ts'],
  docs: [...hook, 'infra/check/docs/main.ts'],
};
const failed = Object.entries(checks).filter(([name, args]) => {
  const began = performance.now();
  const code = run(args);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  return code !== 0;
});
process.exit(failed.length > 0 ? 1 : 0);
