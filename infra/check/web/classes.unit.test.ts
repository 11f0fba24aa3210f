import { expect, test } from '@jest/globals';
import { sharedByAccident } from './classes.ts';

const faults = (sheets: Record<string, string>) => sharedByAccident(new Map(Object.entries(sheets)));

test('a class of one part, a shared one with a class of its own, and what stands inside another are as they should be', () => {
  const fine = {
    'ui/lists.css': '.lst { margin: 0 } .lst td, .bar .t { padding: 0 } @media (max-width: 860px) { .bar { top: 0 } }',
    'staffing/staffing.css': '.rp-c > .lst { width: auto } .lst { color: red }',
    'features/home/home.css': '.lst.mine { margin: 1px } .who li { top: 0 } .bar .who { left: 0 }',
    'features/home/aside.css': '.who { color: red }',
    'features/leave/leave.css': '/* .who { } */ .lst .away:not(.who) { top: 0 } @keyframes who { from { top: 0 } to { top: 1px } }',
  };
  expect(faults(fine)).toEqual([]);
});

test.each([
  ['styles the same one', '.who { top: 0 }', '.who'],
  ['puts it beside another', '.lst.who td { top: 0 }', '.lst.who td'],
  ['names it on some screens alone', '@media print { a, .who > b { top: 0 } }', '.who > b'],
])('another part that %s is told', (_, css, selector) => {
  expect(faults({ 'features/home/home.css': '.who li { top: 0 }', 'features/capacity/heat.css': css })).toContain(
    `features/capacity: “${selector}” meets the class who of features/home; give it a name of its own`,
  );
});

test('a shared class that a part changes for everybody is told', () => {
  const sheets = { 'ui/lists.css': '.tools { top: 0 }', 'staffing/page.css': '.hist { top: 0 }' };
  expect(faults({ ...sheets, 'features/timeline/panels.css': '.tools select { top: 0 }\n.hist { top: 0 }' })).toEqual([
    'features/timeline: “.hist” meets the class hist of staffing; give it a name of its own',
    'features/timeline: “.tools select” meets the class tools of ui; give it a name of its own',
  ]);
});
