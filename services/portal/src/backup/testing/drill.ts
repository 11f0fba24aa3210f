import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, runScript } from '@sidekick/testing';
import type { Caller } from '../../testing/caller.ts';
import { importReport } from '../../testing/import-command.ts';
import { change, newPerson, newProject } from '../../testing/records.ts';
import { databases, leftOut } from '../archive.ts';
import type { Opened } from '../installation.ts';

export const backup = (args: readonly string[], env: Record<string, string>): Promise<Ended> =>
  runScript('infra/scripts/backup.ts', args, env).ended;
export const restore = (args: readonly string[], env: Record<string, string>): Promise<Ended> =>
  runScript('infra/scripts/restore.ts', args, env).ended;

/** Throws with its words when it failed. */
export async function done(ended: Promise<Ended>): Promise<string> {
  const { code, out, errors } = await ended;
  if (code !== 0) throw new Error(errors);
  return out;
}

/** Everything that a backup holds, as text: two that are the same have the same records, versions, events that wait and bytes of attachments. */
export async function everythingIn({ stores, blobs, close }: Opened): Promise<string[]> {
  const lines: string[] = [];
  for (const database of databases) {
    for await (const line of stores[database].dump()) {
      if (line.is !== 'document' || !leftOut[database].includes(line.collection)) lines.push(JSON.stringify(line));
    }
  }
  for await (const { hash } of blobs.list()) lines.push(`${hash} ${Buffer.from((await blobs.get(hash)) ?? []).toString('base64')}`);
  await close();
  return lines;
}

const picture = randomBytes(70_000);

/** A handbook with an attachment, and a group with a project: something in every database. */
export async function fill(caller: Caller, folder: string, env: Record<string, string>): Promise<void> {
  const root = join(folder, 'handbook');
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'index.md'), '# Handbook\n\nSee [releases](releases.md).\n');
  writeFileSync(join(root, 'releases.md'), '# Releases\n\nEvery Thursday, zeppelins included.\n\n![How](how.png)\n');
  writeFileSync(join(root, 'how.png'), picture);
  await importReport([root], env);
  const { status, body } = await change(caller, [newPerson('Ada Before'), newPerson('Ben Before'), newProject('Harbour')]);
  if (status !== 201) throw new Error(`no change set: ${JSON.stringify(body)}`);
}

/** What must be gone after a restore. */
export async function later(caller: Caller): Promise<void> {
  const page = (await caller.api('get', '/pages/find?path=handbook/releases')).body;
  const edit = { body: { body: '# Releases\n\nNever again, by submarine.\n' }, headers: { 'if-match': `"${page.version}"` } };
  const answers = [
    await caller.api('patch', `/pages/${page.id}`, edit),
    await caller.api('post', '/pages', { body: { path: 'later', title: 'Written later', body: 'Submarine.' } }),
    await change(caller, [newPerson('Zoe Later')]),
  ];
  const wrong = answers.find(({ status }) => status >= 300);
  if (wrong) throw new Error(`could not write: ${JSON.stringify(wrong.body)}`);
}

/** The same questions to a portal or to parts that run apart. */
export async function answersOf(caller: Caller): Promise<object> {
  const page = (await caller.api('get', '/pages/find?path=handbook/releases')).body;
  const hash = /attachments\/([0-9a-f]{64})/.exec(page.html)?.[1];
  const attachment = await caller.api('get', `/attachments/${hash}/how.png`, { bytes: true });
  const people = (await caller.api('get', '/people?limit=50')).body.items.map(
    ({ private: { name } }: { private: { name: string } }) => name,
  );
  const { html, version } = page;
  return {
    html,
    version,
    people,
    later: (await caller.api('get', '/pages/find?path=later')).status,
    picture: attachment.body.equals(picture),
  };
}

export const totalOf = async (caller: Caller, words: string): Promise<number> =>
  (await caller.api('get', `/search?q=${encodeURIComponent(words)}&exact=true`)).body.total;
