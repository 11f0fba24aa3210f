import { openAt } from './open.ts';
import { say } from './say.ts';
import { anEvent, aThing, things } from './things.ts';

// Writes documents for ever, ten at a time: document-writer.ts <name> <address...>. Says `<id> <version>` once acknowledged.
const [name = '', ...address] = process.argv.slice(2);
const store = openAt(address);
const collection = store.collection(things());
await store.migrate();

const writeOne = async (id: string) => {
  const stored = await collection.insert(aThing({ _id: id, claims: [`claim:${id}`] }), anEvent(id));
  await say(`${id} ${stored.version}`);
  const next = await collection.replace(stored, { ...stored.doc, rank: 2 }, anEvent(id));
  await say(`${id} ${next.version}`);
};
for (let round = 0; ; round += 1) {
  await Promise.all(Array.from({ length: 10 }, (_, n) => writeOne(`${name}-${round}-${n}`)));
}
