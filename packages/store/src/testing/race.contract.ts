import { expect } from '@jest/globals';
import { StaleVersion, TakenKey } from '../errors.ts';
import { aThing, type ThingsTest } from './things.ts';

export function raceContract(withThings: ThingsTest): void {
  withThings(
    'lets one writer win each version: 50 at once, wins equal the final version',
    async (collection) => {
      await collection.insert(aThing({ _id: 'a', rank: 0 }));
      let wins = 0;
      let losses = 0;
      const writer = async () => {
        for (let mine = 0; mine < 2; ) {
          const read = await collection.get('a');
          if (!read) throw new Error('it is gone');
          try {
            await collection.replace(read, { ...read.doc, rank: (read.doc.rank ?? 0) + 1 });
            mine += 1;
            wins += 1;
          } catch (error) {
            if (!(error instanceof StaleVersion)) throw error;
            losses += 1;
          }
        }
      };
      await Promise.all(Array.from({ length: 50 }, writer));
      expect(await collection.get('a')).toMatchObject({ version: wins + 1, doc: { rank: wins } });
      expect(wins).toBe(100);
      expect(losses).toBeGreaterThan(0);
    },
    60_000,
  );

  withThings(
    'gives a claim to exactly one of those who race for it',
    async (collection) => {
      for (let round = 0; round < 10; round += 1) {
        const claim = `path:/${round}`;
        const settled = await Promise.allSettled(
          Array.from({ length: 20 }, (_, n) => collection.insert(aThing({ _id: `${round}-${n}`, claims: [claim, `own:${round}-${n}`] }))),
        );
        const lost = settled.filter((one) => one.status === 'rejected').map((one) => one.reason);
        expect(lost).toEqual(Array.from({ length: 19 }, () => new TakenKey(claim)));
        const holder = await collection.byKey(claim);
        expect(holder?.doc.claims).toContain(claim);
        expect((await collection.query({ index: 'by-id', range: { gte: `${round}-`, lt: `${round}.` }, limit: 100 })).items).toHaveLength(
          1,
        );
      }
    },
    60_000,
  );

  withThings('gives an id to exactly one of those who race for it', async (collection) => {
    const settled = await Promise.allSettled(Array.from({ length: 30 }, (_, n) => collection.insert(aThing({ _id: 'a', rank: n }))));
    expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(settled.filter((one) => one.status === 'rejected').every((one) => (one.reason as TakenKey).key === 'id:a')).toBe(true);
  });

  withThings('hands a claim over between documents that race for it by replacing', async (collection) => {
    const all = await Promise.all(Array.from({ length: 12 }, (_, n) => collection.insert(aThing({ _id: `d${n}` }))));
    const settled = await Promise.allSettled(all.map((one) => collection.replace(one, { ...one.doc, claims: ['crown'] })));
    expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const holder = await collection.byKey('crown');
    expect(holder?.version).toBe(2);
    if (holder) await collection.remove(holder);
    expect(await collection.byKey('crown')).toBeNull();
  });
}
