import { describe, expect, test } from '@jest/globals';
import { fieldOf, linesOf, mergeFields, patchOf, touched } from './three-way.ts';

interface Draft {
  name: string;
  hours: string;
  skills: { key: number; skill: string; level: number }[];
}
const fields = [
  fieldOf<Draft, 'name'>('name', 'Name', ['private.name']),
  fieldOf<Draft, 'hours'>('hours', 'Hours a week', ['hoursPerWeek']),
  linesOf<Draft, 'skills', Draft['skills'][number]>(
    'skills',
    'Skills',
    ['skills'],
    ({ skill }) => skill,
    (list) => list.map(({ skill }) => skill).join(),
  ),
];
let key = 0;
const skills = (...list: [string, number][]) => list.map(([skill, level]) => ({ key: key++, skill, level }));
const draft = (over: Partial<Draft> = {}): Draft => ({ name: 'Ana', hours: '8', skills: skills(['Go', 3], ['SQL', 2]), ...over });
const merge = (mine: Partial<Draft>, theirs: Partial<Draft>) => mergeFields(fields, draft(), draft(mine), draft(theirs));
const keys = (list: readonly { key: string }[]) => list.map((one) => one.key);

describe('what somebody else changed meanwhile', () => {
  test('another field is taken beside the own change', () => {
    const merged = merge({ name: 'Ana D.' }, { hours: '12' });
    expect(merged.fields).toMatchObject({ name: 'Ana D.', hours: '12' });
    expect([keys(merged.theirs), keys(merged.conflicts)]).toEqual([['hours'], []]);
  });
  test('the same field with another value is a conflict and keeps the own one; with the same value it is one change', () => {
    const merged = merge({ hours: '10', name: 'X' }, { hours: '12', name: 'X' });
    expect(merged.fields).toMatchObject({ hours: '10', name: 'X' });
    expect([keys(merged.theirs), keys(merged.conflicts)]).toEqual([[], ['hours']]);
  });
  test('lines of a list are merged one by one: added, changed and removed on either side', () => {
    const merged = merge({ skills: skills(['Go', 4], ['SQL', 2], ['CSS', 1]) }, { skills: skills(['Go', 3], ['Vue', 5]) });
    expect(merged.fields.skills.map(({ skill, level }) => [skill, level])).toEqual([
      ['Go', 4],
      ['CSS', 1],
      ['Vue', 5],
    ]);
    expect([keys(merged.theirs), keys(merged.conflicts)]).toEqual([['skills'], []]);
  });
  test('one line changed on both sides, or changed here and removed there, is a conflict', () => {
    expect(keys(merge({ skills: skills(['Go', 4], ['SQL', 2]) }, { skills: skills(['Go', 5], ['SQL', 2]) }).conflicts)).toEqual(['skills']);
    expect(keys(merge({ skills: skills(['Go', 4], ['SQL', 2]) }, { skills: skills(['SQL', 2]) }).conflicts)).toEqual(['skills']);
    expect(keys(merge({ skills: skills(['SQL', 2]) }, { skills: skills(['Go', 5], ['SQL', 2]) }).conflicts)).toEqual(['skills']);
  });
  test('a list drawn anew with other line keys is no change', () => {
    expect(touched(fields, draft(), draft({ hours: '9' })).map((field) => field.key)).toEqual(['hours']);
  });
});

describe('the patch of a form', () => {
  const record = { private: { name: 'Ana', note: 'n' }, hoursPerWeek: 8.333333, skills: [], amount: { portion: 1 } };
  test('holds the touched fields alone, so that a value shown rounded is not written back', () => {
    const body = { private: { name: 'Ana D.', note: 'n' }, hoursPerWeek: 8.33, skills: [] };
    expect(patchOf(touched(fields, draft(), draft({ name: 'Ana D.' })), body, record)).toEqual({ private: { name: 'Ana D.' } });
  });
  test('is empty where the typed text says what is stored', () => {
    expect(patchOf(fields.slice(0, 1), { private: { name: 'Ana' } }, record)).toEqual({});
  });
  test('takes away the key of the other shape', () => {
    const amount = fieldOf<Draft, 'hours'>('hours', 'Each day', ['amount']);
    expect(patchOf([amount], { amount: { hours: 4 } }, record)).toEqual({ amount: { portion: null, hours: 4 } });
  });
});
