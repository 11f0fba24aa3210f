import { openAt } from './open.ts';
import { say } from './say.ts';

// Appends by compare-and-set: log-writer.ts <name> <count, 0 for ever> <address...>. Says `<number> <requestId>` once acknowledged.
const [name = '', count = '0', ...address] = process.argv.slice(2);
const store = openAt(address);
const log = store.log<{ by: string; fill: string }>('changes');
await store.migrate();
let head = await log.head();
for (let done = 0; done < Number(count) || count === '0'; ) {
  const requestId = `${name}-${process.pid}-${done}`;
  const appended = await log.append({ number: head + 1, requestId, entry: { by: name, fill: 'x'.repeat(500) } });
  if (appended.ok) {
    head += 1;
    done += 1;
    await say(`${head} ${requestId}`);
  } else {
    head = Math.max(head + 1, await log.head());
  }
}
await store.close();
