import { describe } from '@jest/globals';
import { dumpContract } from './testing/dump.contract.ts';
import { sqliteSide } from './testing/sides.ts';

describe('a dump of SQLite', () => {
  dumpContract(sqliteSide);
});
