import { openAt } from './open.ts';
import { say } from './say.ts';
import { type Secret, secrets } from './secrets.ts';

// Appends secrets and asks for their redaction, for ever: log-redactor.ts <name> <address...>. Says `<who>` before it redacts.
const [name = '', ...address] = process.argv.slice(2);
const store = openAt(address);
const log = store.log<Secret>('secrets', secrets);
await store.migrate();
let number = await log.head();
const append = (entry: Secret) => log.append({ number: ++number, requestId: `${name}-${number}`, entry });
for (let round = 0; ; round += 1) {
  const who = `${name}-${round}`;
  for (let n = 0; n < 8; n += 1) await append({ who, secret: `the secret of ${who}` });
  await append({ who: 'nobody', redacts: who });
  await say(who);
  await log.redact();
}
