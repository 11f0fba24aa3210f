import { aManager } from '@sidekick/testing';
import { ulid } from 'ulid';
import type { Portal } from '../../../testing/harness.ts';
import { sheet } from './reading.ts';

export const header = 'Name|Hours/week|2026-11-30|2026-12-07|2026-12-14|2026-12-21';
export const first = [
  header,
  'Noor Haddad|32|Atlas 24 (L)|Atlas 24 (L)|Atlas 16 (L)|leave',
  'Jo Rask|40|Atlas 8 (SK)|Atlas 8 (SK)|Ocean 12?|',
];

export const of = (rows: readonly string[], corrections: object = {}, name = 'plan.csv') => ({
  name,
  content: Buffer.from(sheet(...rows)).toString('base64'),
  corrections,
});
/** Sheets that move into a portal, and what stands there then. */
export function moverOf({ client }: Portal) {
  const ask = (path: string, body: object) => client.ask('post', `/staffing-sheets/${path}`, { as: aManager, body });
  // biome-ignore lint/suspicious/noExplicitAny: bodies are held against the OpenAPI document by the client
  const list = async (path: string): Promise<any[]> => (await client.ask('get', path, { as: aManager })).body.items;
  return {
    list,
    preview: async (rows: readonly string[], corrections: object = {}) => (await ask('moves/preview', of(rows, corrections))).body,
    commit: (rows: readonly string[], corrections: object = {}, more: object = {}) =>
      ask('commit', { ...of(rows, corrections), id: ulid(), ...more }),
    async standing(): Promise<string[]> {
      const [people, projects, work, leave] = await Promise.all(['/people', '/projects', '/assignments', '/time-off'].map(list));
      const person = (id: string) => people?.find((one) => one.id === id)?.private.name;
      const project = (id: string) => projects?.find((one) => one.id === id)?.name;
      return [
        ...(work ?? []).map(
          (one) => `${person(one.person)} ${one.role} ${project(one.project)} ${one.hoursPerWeek} ${one.from}..${one.to} ${one.state}`,
        ),
        ...(leave ?? []).map((one) => `${person(one.person)} away ${one.amount.portion} ${one.from}..${one.to} ${one.state}`),
      ].sort();
    },
  };
}
export type Mover = ReturnType<typeof moverOf>;
