import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { figuresOf } from '../figures/index.ts';
import { answerOf } from '../questions/answer.ts';
import { aLeave, anAssignment, stateOf } from '../testing/builders.ts';
import { compare, inNeutralWords } from './difference.ts';
import { commandsOf, idsOf, type NeutralCase, NeutralFile, type NeutralIds, questionOf } from './neutral.ts';

const fileAt = (name: string): NeutralCase[] =>
  NeutralFile.parse(JSON.parse(readFileSync(new URL(`../../testdata/${name}.json`, import.meta.url), 'utf8')));

const stateFrom = (one: NeutralCase, ids: NeutralIds) => {
  const commands = commandsOf(one.input, ids);
  const of = (kind: string): any[] => commands.filter((command) => command.kind === kind).map(({ id, record }) => ({ ...record, id }));
  return stateOf({
    person: of('person'),
    project: of('project'),
    assignment: of('assignment').map((record) => anAssignment(record.id, record.person, record.project, record)),
    timeOff: of('timeOff').map((record) => aLeave(record.id, record.person, record.from, record.to, record)),
    holiday: of('holiday'),
  });
};

const play = (one: NeutralCase) => {
  const ids = idsOf(one.input);
  const figures = figuresOf(stateFrom(one, ids));
  const counted = { equal: 0, different: [] as unknown[] };
  for (const expected of one.expected) {
    const answer = answerOf(figures, questionOf(expected, one.input, ids), one.input.asOf);
    const { equal, different } = compare(expected.value, inNeutralWords(answer, ids));
    counted.equal += equal;
    counted.different.push(...different.map((difference) => ({ what: expected.what, args: expected.args, ...difference })));
  }
  return counted;
};

describe('the exact examples', () => {
  for (const one of fileAt('cases')) {
    test(`${one.id}: ${one.rule}`, () => {
      const { equal, different } = play(one);
      expect(different).toEqual([]);
      expect(equal).toBeGreaterThan(0);
    });
  }
  for (const one of fileAt('groups')) {
    test(`every figure of group ${one.id}`, () => {
      const { equal, different } = play(one);
      expect(different.slice(0, 20)).toEqual([]);
      expect(equal).toBeGreaterThan(15_000);
    });
  }
});
