import { isDeepStrictEqual } from 'node:util';
import { ulid } from 'ulid';
import type { Caller } from '../caller.ts';
import { answered, oneOf, standing, type Writer, word } from './writer.ts';

interface Text {
  title: string;
  body: string;
}
type Standing = (Text & { version: number }) | null;

/** Creates, edits and deletes pages of its own. */
export function pageWriter(caller: Caller, name: string, random: () => number): Writer {
  const known = new Map<string, Standing>();
  let pending: { id: string; after: Text | null } | null = null;
  let count = 0;
  let acknowledged = 0;

  const text = (id: string): Text => {
    count += 1;
    return { title: `${word} ${name} ${id.slice(-6)} text ${count}`, body: `Text ${count} of ${name}: ${random()}` };
  };
  const keep = (id: string, standing: Standing) => {
    known.delete(id);
    known.set(id, standing);
    pending = null;
    acknowledged += 1;
  };
  const create = async () => {
    const id = ulid();
    const after = text(id);
    pending = { id, after };
    const sent = { body: { path: `${name}/${id}`, ...after }, headers: { 'if-none-match': '*' } };
    const { body } = await answered(caller.api('put', `/pages/${id}`, sent), 201);
    keep(id, { ...after, version: body.version });
  };
  const edit = async (id: string, version: number) => {
    const after = text(id);
    pending = { id, after };
    const sent = { body: after, headers: { 'if-match': `"${version}"` } };
    const { body } = await answered(caller.api('patch', `/pages/${id}`, sent), 200);
    keep(id, { ...after, version: body.version });
  };
  const remove = async (id: string, version: number) => {
    pending = { id, after: null };
    await answered(caller.api('delete', `/pages/${id}`, { headers: { 'if-match': `"${version}"` } }), 204);
    keep(id, null);
  };
  const read = async (id: string): Promise<Standing> => {
    const page = await standing(caller, `/pages/${id}`);
    if (!page) return null;
    const revision = await standing(caller, `/revisions/${page.revision}`);
    return { title: page.title, body: revision?.body, version: page.version };
  };
  return {
    async write() {
      const one = oneOf(known, random);
      const chance = random();
      if (!one || chance < 0.45) return create();
      return chance < 0.85 ? edit(one[0], one[1].version) : remove(one[0], one[1].version);
    },
    async settle() {
      if (!pending) return;
      const { id, after } = pending;
      const before = known.get(id) ?? null;
      const now = await read(id);
      const same = (text: Text | null) =>
        text === null || now === null ? text === now : text.title === now.title && text.body === now.body;
      if (!isDeepStrictEqual(now, before) && !same(after))
        throw new Error(`page ${id} is neither before nor after: ${JSON.stringify(now)}`);
      known.set(id, now);
      pending = null;
    },
    async wrong(last = known.size) {
      const wrong: string[] = [];
      for (const [id, wanted] of [...known].slice(-last)) {
        const now = await read(id);
        if (!isDeepStrictEqual(now, wanted)) wrong.push(`page ${id}: ${JSON.stringify(now)} instead of ${JSON.stringify(wanted)}`);
      }
      return wrong;
    },
    live: () => [...known.values()].flatMap((page) => (page ? [page.title] : [])),
    get acknowledged() {
      return acknowledged;
    },
  };
}
