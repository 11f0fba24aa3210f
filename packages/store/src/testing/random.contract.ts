import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { Outbox, Stored, Write } from '../collection.ts';
import { resultOf } from '../definition.ts';
import { reference } from './reference.ts';
import { type MakeSide, sideTests } from './sides.ts';
import { anEvent, collected, type Thing, type Things, things } from './things.ts';

const word = fc.constantFrom('a', 'b', 'B', 'é', '😀', '～', '__proto__', '$x', '');
const id = fc.constantFrom('a', 'b', 'c', 'constructor', '😀', '～');
/** Words that something between here and the disk may take for its own. */
const key = fc.oneof(
  fc.constantFrom(
    '$set',
    '$',
    'a.b',
    '.',
    '',
    '%',
    '%24',
    'type',
    '_id',
    'id',
    'length',
    'buffer',
    'then',
    'toObject',
    'valueOf',
    '_bsontype',
  ),
  fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype).filter((one) => one !== '__proto__')),
  fc.string({ unit: 'grapheme', maxLength: 3 }).filter((one) => one !== '__proto__'),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, fc.constantFrom(null, true, 0, 0.5, 2 ** 40, ''), key, tie('list'), tie('words')),
  list: fc.array(tie('any'), { maxLength: 3 }),
  words: fc.dictionary(key, tie('any'), { maxKeys: 3, noNullPrototype: true }),
}));
const thing = fc.record(
  {
    words: value.words as fc.Arbitrary<Record<string, unknown>>,
    name: word,
    rank: fc.constantFrom(null, -1, 0, 0.5, 2, 10, 1e300),
    group: fc.option(word),
    claims: fc.uniqueArray(fc.constantFrom('x', 'y', '$z', '__proto__'), { maxLength: 2 }),
  },
  { requiredKeys: ['name', 'rank', 'claims'] },
);
const one = fc.record({
  do: fc.constantFrom('insert', 'replace', 'replace', 'remove'),
  id,
  thing,
  stale: fc.nat({ max: 5 }),
  event: fc.boolean(),
});
const query = fc.record({
  equals: fc.option(word),
  low: fc.option(fc.constantFrom(-1, 0.5, 2)),
  high: fc.option(fc.constantFrom(0, 2, 10)),
  strict: fc.boolean(),
  order: fc.constantFrom('asc', 'desc'),
  limit: fc.integer({ min: 1, max: 4 }),
});
const operation = fc.oneof(
  { weight: 5, arbitrary: one.map((write) => ({ kind: 'write', write }) as const) },
  { weight: 2, arbitrary: fc.array(one, { maxLength: 6 }).map((batch) => ({ kind: 'batch', batch }) as const) },
  { weight: 3, arbitrary: query.map((asked) => ({ kind: 'query', asked }) as const) },
  { weight: 1, arbitrary: fc.record({ id, back: fc.nat({ max: 1 }) }).map((sent) => ({ kind: 'sent', sent }) as const) },
);
type One = typeof one extends fc.Arbitrary<infer T> ? T : never;
type Asked = typeof query extends fc.Arbitrary<infer T> ? T : never;
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/**
 * Random operations give what the reference gives. As it is the measure of both sides, they are equal to each other.
 * All runs share one database, each with a collection of its own.
 */
export function randomContract(make: MakeSide, runs: number): void {
  sideTests(make)(
    'does what the reference does under random operations',
    async (side) => {
      const property = fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 25 }), fc.nat(), async (operations, seed) => {
        const store = side.open({ now: () => new Date(1_000) });
        const collection = store.collection({ ...things(), name: `things-${++run}-${seed % 1000}` });
        await store.migrate();
        await compare(operations, collection, store.outboxes()[0] as Outbox);
        await store.close();
      });
      let run = 0;
      await fc.assert(property, { numRuns: runs, interruptAfterTimeLimit: 45_000, endOnFailure: true });
      expect(run).toBeGreaterThan(5);
    },
    90_000,
  );
}

async function compare(operations: readonly Operation[], collection: Things, outbox: Outbox): Promise<void> {
  const expected = reference();
  for (const operation of operations) {
    if (operation.kind === 'write') {
      const write = writeOf(operation.write, expected.get(operation.write.id));
      expect(await done(collection, write)).toEqual(expected.result(write));
    } else if (operation.kind === 'batch') {
      const writes = operation.batch.map((single) => writeOf(single, expected.get(single.id)));
      expect(await collection.writeMany(writes)).toEqual(expected.batch(writes));
    } else if (operation.kind === 'query') {
      await compareQuery(operation.asked, collection, expected);
    } else {
      const version = (expected.get(operation.sent.id)?.version ?? 1) - operation.sent.back;
      await outbox.sent([{ id: operation.sent.id, version }]);
      expected.sent(operation.sent.id, version);
    }
  }
  expect(await collected(collection.scan())).toEqual(expected.scan());
  expect((await outbox.unsent(100)).map(({ writtenAt, ...rest }) => rest)).toEqual(expected.unsent());
  for (const claim of ['x', 'y', '$z', '__proto__']) expect(await collection.byKey(claim)).toEqual(expected.byKey(claim));
}

/** `stale` of 0 names a version that is not the current one. */
function writeOf(given: One, current: Stored<Thing> | null): Write<Thing> {
  const doc: Thing = { _id: given.id, ...given.thing };
  const event = given.event ? { event: anEvent(given.id) } : {};
  if (given.do === 'insert') return { do: 'insert', doc, ...event };
  const read = current ?? { doc, version: 1 };
  const old = given.stale === 0 ? { doc: read.doc, version: read.version + 1 } : read;
  return given.do === 'replace' ? { do: 'replace', old, doc, ...event } : { do: 'remove', old, ...event };
}

function done(collection: Things, write: Write<Thing>) {
  if (write.do === 'insert') return resultOf(collection.insert(write.doc, write.event));
  if (write.do === 'replace') return resultOf(collection.replace(write.old, write.doc, write.event));
  return resultOf<Thing>(collection.remove(write.old, write.event).then(() => null));
}

async function compareQuery(asked: Asked, collection: Things, expected: ReturnType<typeof reference>): Promise<void> {
  const { low, high, strict, equals, order, limit } = asked;
  const bounds = { ...(low !== null && { [strict ? 'gt' : 'gte']: low }), ...(high !== null && { [strict ? 'lt' : 'lte']: high }) };
  const within = ({ rank }: Thing) => {
    if (low === null && high === null) return true;
    if (rank === null) return false;
    return (low === null || (strict ? rank > low : rank >= low)) && (high === null || (strict ? rank < high : rank <= high));
  };
  const range = low === null && high === null ? {} : { range: bounds };
  const grouped = equals === null ? null : ({ index: 'by-group', equals: { group: equals } } as const);
  const wanted = expected.sorted(
    grouped ? ['group', 'rank', 'name', '_id'] : ['rank', '_id'],
    (one) => (!grouped || one.group === equals) && within(one),
  );
  const found: Stored<Thing>[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await collection.query({
      ...(grouped ?? { index: 'by-rank' as const }),
      ...range,
      order,
      limit,
      ...(cursor && { cursor }),
    });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(found).toEqual(order === 'asc' ? wanted : wanted.toReversed());
}
