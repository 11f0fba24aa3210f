// npm start: installs, builds, runs every service in one process. Everything after `--` goes to the portal.
import { spawn } from 'node:child_process';
import { install, requireNode, root, run } from './installed.mjs';

requireNode();
install({ withTools: false });
if (run(['infra/scripts/build-web.mjs']) !== 0) process.exit(1);
const portal = spawn(process.execPath, ['--import', './infra/ts/register.mjs', 'services/portal/src/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => portal.kill(signal));
portal.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
