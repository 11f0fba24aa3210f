/** Finds one server and prints what was found as JSON: a process of its own, so that a test file can wait for it while it loads. */
import { find } from './find.ts';
import type { ServerName } from './names.ts';

const found = await find(process.argv[2] as ServerName);
process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0));
