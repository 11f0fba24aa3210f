// npm run compose:env: writes .env for docker compose with passwords and keys made at random. Never overwrites one.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { identitySettings, password } from '../scripts/identity.mjs';

const file = process.argv[2] ?? '.env';
const lines = [
  '# Secrets of this installation: keep a copy with the backups, hand it to nobody.',
  `MONGO_PASSWORD=${password()}`,
  // Base64 of between 6 and 1024 letters, says MongoDB; it knows neither "-" nor "_".
  `MONGO_REPLICA_KEY=${randomBytes(48).toString('base64')}`,
  `RABBITMQ_PASSWORD=${password()}`,
  `REDIS_PASSWORD=${password()}`,
  `METRICS_TOKEN=${password()}`,
  ...identitySettings().map(([name, json]) => `${name}='${json}'`),
];
try {
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  console.log(`Wrote ${file}. Next: docker compose up -d --wait --build`);
} catch (error) {
  const there = error.code === 'EEXIST';
  console.error(there ? `${file} is there already and holds the passwords of your data; it is left as it is.` : error.message);
  process.exitCode = 1;
}
