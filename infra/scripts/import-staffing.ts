// npm run import-staffing -- FILE: what a CSV file would change in staffing, row by row; with --yes it is saved, all of it or nothing.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { CsvImported, CsvKind, CsvPreview, type CsvReading, type CsvRefused } from '@sidekick/contracts';
import { ulid } from 'ulid';
import { type PortalClient, portalClient } from './portal-client.ts';

const usage = `npm run import-staffing -- FILE [--kind KIND] [--yes] [--accept RULE --reason WORDS] [--json]
  FILE      one of ${CsvKind.options.map((kind) => `${kind}.csv`).join(', ')}, or any with --kind
  --yes     saves what is shown; without it nothing is written
  --accept  a rule that may be broken, with the reason; for several, again
  --json    the last line of stdout is the preview, and with --yes what was saved, as JSON
Ends with 0, with 1 where rows are wrong, the file is not read or something failed.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kind: { type: 'string' },
      yes: { type: 'boolean' },
      accept: { type: 'string', multiple: true, default: [] },
      reason: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Error(usage);
  const bytes = new Blob([readFileSync(file)], { type: 'text/csv' });
  const portal = portalClient(process.env);
  const [kind, seen] = await looked(portal, file, values.kind, bytes);
  if ('refused' in seen) printRefused(seen);
  else printReading(seen);
  const isGood = !('refused' in seen) && seen.counts.wrong === 0 && seen.tooMany === null;
  if (!values.yes || !isGood || 'refused' in seen) {
    if (isGood && changesOf(seen as CsvReading) > 0) console.log('\nNothing was written. Run it again with --yes to save this.');
    if (values.json) console.log(JSON.stringify({ preview: seen, saved: null }));
    return isGood ? 0 : 1;
  }
  const query = new URLSearchParams([
    ...Object.entries({ name: basename(file), id: ulid(), digest: seen.digest }),
    ...values.accept.map((rule): [string, string] => ['accept', rule]),
    ...(values.reason === undefined ? [] : [['reason', values.reason] as [string, string]]),
  ]);
  const saved = CsvImported.parse(await portal.ask('POST', `/staffing-import/${kind}?${query}`, bytes));
  console.log(saved.number === null ? '\nNothing had to be written' : `\nSaved as change set ${saved.number}; the history undoes it`);
  if (values.json) console.log(JSON.stringify({ preview: seen, saved }));
  return 0;
}

const changesOf = ({ counts }: CsvReading): number => counts.new + counts.changed + counts.removed;

/** The kind that is asked for, or that the file is named by, or that its header shows. */
async function looked(portal: PortalClient, file: string, asked: string | undefined, bytes: Blob): Promise<[CsvKind, CsvPreview]> {
  const query = new URLSearchParams({ name: basename(file) });
  const look = async (kind: CsvKind): Promise<[CsvKind, CsvPreview]> => [
    kind,
    CsvPreview.parse(await portal.ask('POST', `/staffing-import/${kind}/preview?${query}`, bytes)),
  ];
  const given = CsvKind.optional().safeParse(asked);
  if (!given.success) throw new Error(`There is no ${asked}: ${CsvKind.options.join(', ')}`);
  const named = given.data ?? CsvKind.options.find((kind) => basename(file).toLowerCase().startsWith(kind));
  const [kind, seen] = await look(named ?? 'people');
  return named === undefined && 'refused' in seen && seen.kind ? look(seen.kind) : [kind, seen];
}

function printReading(seen: CsvReading): void {
  const { rows, counts, told, ignored, errors, moreErrors, changes, broken, moreBroken, accept, tooMany } = seen;
  console.log(
    `${rows} rows: ${counts.new} new, ${counts.changed} changed, ${counts.removed} removed, ${counts.same} as they are, ${counts.wrong} wrong`,
  );
  list('Assumed', told);
  list(
    'Columns that are not known, and not read',
    ignored.map(({ column, head }) => `${column}: ${head}`),
  );
  list(
    'Wrong; nothing is saved until none is',
    errors.map(
      ({ row, column, head, text, words }) =>
        `row ${row}${column === null ? '' : `, column ${column} (${head})${words.includes(text) ? '' : ` “${text}”`}`}: ${words}`,
    ),
  );
  if (moreErrors > 0) console.log(`  and ${moreErrors} more`);
  list(
    'Changes',
    changes.map(({ row, does, name, fields }) => `row ${row}, ${does}: ${name}${fields.map(fieldWords).join('')}`),
  );
  list(
    'Rules and warnings',
    broken.map(({ severity, code, message }) => (severity === 'rule' ? `${message} (--accept ${code})` : message)),
  );
  if (moreBroken > 0) console.log(`  and ${moreBroken} more`);
  if (accept.length > 0) console.log(`\nSaving it takes ${accept.map((code) => `--accept ${code}`).join(' ')} --reason WORDS`);
  if (tooMany) console.log(`\n${tooMany.words}`);
}

const fieldWords = ({ head, before, after }: CsvReading['changes'][number]['fields'][number]): string =>
  `\n    ${head}: ${before === '' ? '(blank)' : before} -> ${after === '' ? '(blank)' : after}`;

function printRefused({ refused, words }: CsvRefused): void {
  console.log(words);
  if (refused === 'no-header' || refused === 'binary')
    console.log('A capacity sheet (people or projects by weeks) is moved in on screen: Staffing, Move in');
}

function list(title: string, lines: readonly string[]): void {
  if (lines.length > 0) console.log(`\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
