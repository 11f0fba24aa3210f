import { newRecord } from '@sidekick/testing';
import { ulid } from 'ulid';
import type { Caller, Reply } from './caller.ts';

const patterns = [{ from: '2020-01-01', hours: [8, 8, 8, 8, 8, 0, 0] }];

/** Commands that create; ids are made here. Everybody works Monday to Friday, 8 h a day; projects run from 30 Nov 2026. */
export const newPerson = (name: string, over: object = {}) =>
  newRecord('person', { patterns, operationsShare: 0, private: { name, email: null, note: null }, ...over });
export const newProject = (name: string, over: object = {}) =>
  newRecord('project', { name, from: '2026-11-30', to: '2027-01-31', ...over });

/** `POST /changes` of one new change set. */
export const change = (caller: Caller, commands: readonly object[], headers: Record<string, string> = {}): Promise<Reply> =>
  caller.api('post', '/changes', { body: { id: ulid(), commands }, headers });
