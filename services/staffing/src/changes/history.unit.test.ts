import { expect, test } from '@jest/globals';
import { aManager } from '@sidekick/testing';
import { redact } from '../deciding/redact.ts';
import { changeOf } from '../kinds/change.ts';
import type { ChangeSet } from '../log/change-set.ts';
import { advance, emptyLedger } from '../log/ledger.ts';
import { changeSetView } from './history.ts';

const noor = '01JZZZZZZZZZZZZZZZZZZZNOOR';
const at = '2026-11-25T08:00:00.000Z';
const person = {
  ...{ id: noor, employment: 'employed' as const, timeZone: 'UTC', region: null, patterns: [], skills: [], operationsShare: 0.05 },
  ...{ contract: { from: null, to: '2026-11-01' }, private: { name: 'Noor', email: null, note: 'Plays the oud' }, sample: false },
};

test('an entry that was read before a redaction was carried out is told without the words that it takes', () => {
  const added: ChangeSet = {
    ...{ at, account: 'a', accepted: [], undoes: null, changes: [changeOf('person', noor, null, person)] },
    private: { name: 'Actor', reason: 'about Noor', warnings: [] },
  };
  const read = { number: 1, requestId: 'r1', entry: added };
  const before = advance(emptyLedger(), [read]);
  expect(JSON.stringify(changeSetView(before, read, aManager))).toMatch(/Noor.*oud|oud.*Noor/);

  const asked = redact(before, { person: noor, accounts: [] }, { actor: aManager, at, today: '2026-11-25' });
  const after = advance(before, [{ number: 2, requestId: 'r2', entry: asked }]);
  expect(JSON.stringify(changeSetView(after, read, aManager))).not.toMatch(/Noor"|oud|about Noor/);
});
