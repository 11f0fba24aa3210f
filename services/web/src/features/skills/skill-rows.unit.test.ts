import { expect, test } from '@jest/globals';
import { idOf } from '../../testing/portal.ts';
import { ana, aPerson, aProject, atlas, noor } from '../../testing/staffing.ts';
import { levelOf, skillRows, withLevel } from './skill-rows.ts';

const go = { name: 'Go', also: ['Golang'] };

test('a skill is one row with who has it, what asks for it and who wishes it, whatever it is written as', () => {
  const people = new Map(
    [
      aPerson(ana, 'Ana Duarte', { skills: [{ skill: 'golang', level: 3 }] }),
      aPerson(noor, 'Noor Haddad', { skills: [{ skill: 'Go', level: 5 }] }),
      aPerson(idOf(9), 'Ada Long', { skills: [{ skill: 'Go', level: 5 }], contract: { from: null, to: '2026-11-01' } }),
    ].map((one) => [one.id, one]),
  );
  const projects = [
    aProject(atlas, 'Atlas', { requiredSkills: [{ skill: 'Go', level: 4 }] }),
    aProject(idOf(12), 'Old', { to: '2026-11-01', requiredSkills: [{ skill: 'Go', level: 4 }] }),
  ];
  const none = { people: [], projects: [] };
  const items = [
    {
      skill: 'Go',
      people: 2,
      projects: 1,
      spellings: [{ spelling: 'Go', uses: 2 }],
      twice: none,
      record: { id: idOf(50), version: 1, spellings: ['Golang'] },
    },
  ];
  const wishes = [
    { id: idOf(41), person: ana, skill: 'GO', sample: false, version: 1 },
    { id: idOf(42), person: ana, skill: 'Rust', sample: false, version: 1 },
  ];
  expect(skillRows({ items, people, projects, wishes }, '2026-11-30')).toEqual([
    {
      ...{ key: 'go', ...go, asked: [{ project: atlas, level: 4 }], wished: [ana] },
      held: [
        { person: noor, level: 5 },
        { person: ana, level: 3 },
      ],
    },
    { key: 'rust', name: 'Rust', also: [], held: [], asked: [], wished: [ana] },
  ]);
});

test('a level is set where the skill stands, added at the end, and 0 takes it away', () => {
  const skills = [
    { skill: 'golang', level: 3 },
    { skill: 'Rust', level: 1 },
  ];
  expect(levelOf(skills, go)).toBe(3);
  expect(withLevel(skills, go, 5)).toEqual([{ skill: 'golang', level: 5 }, skills[1]]);
  expect(withLevel(skills, go, 0)).toEqual([skills[1]]);
  expect(withLevel(skills, { name: 'Node', also: [] }, 2)).toEqual([...skills, { skill: 'Node', level: 2 }]);
  expect(withLevel(skills, { name: 'Node', also: [] }, 0)).toEqual(skills);
  expect(withLevel([...skills, { skill: 'Go', level: 4 }], go, 5)).toEqual([{ skill: 'golang', level: 5 }, skills[1]]);
});
