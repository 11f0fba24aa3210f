// Part of npm run check: what people read is short, and every link in it leads somewhere.
import { fileURLToPath } from 'node:url';
import { docsIn } from './load.ts';
import { docsRules } from './rules.ts';

const docs = docsIn(fileURLToPath(new URL('../../../', import.meta.url)));
const faults = Object.entries(docsRules).flatMap(([rule, check]) => check(docs).map((fault) => `${rule}: ${fault}`));
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
