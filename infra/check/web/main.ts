// Part of npm run check: the folders of the web UI in their order, and the classes of its style sheets each with one owner. (dependency-cruiser reads no types out of .tsx, see folders.mjs.)
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedByAccident } from './classes.ts';
import { faultsOf } from './folders.ts';

const src = fileURLToPath(new URL('../../../services/web/src/', import.meta.url));
const paths = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path));
const faults = faultsOf(new Map(paths.map((path) => [path, readFileSync(join(src, path), 'utf8')])));
const sheets = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.css'));
faults.push(...sharedByAccident(new Map(sheets.map((path) => [path, readFileSync(join(src, path), 'utf8')]))));
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
