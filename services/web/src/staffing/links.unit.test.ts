import { describe, expect, test } from '@jest/globals';
import { idOf } from '../testing/portal.ts';
import { aChange, anAssignment, ana, aPerson, aProject, atlas, jonas } from '../testing/staffing.ts';
import { cutAtNames, idsIn, projectsIn, subjectsOf } from './links.tsx';
import { byId } from './lists.ts';

const subject = (name: string) => ({ name, to: `/${name}` });

describe('names in a sentence', () => {
  test('are found as whole words, wherever they stand and as often as they do', () => {
    const ana = subject('Ana');
    expect(cutAtNames('Ana leads Atlas; Analytics asks Ana, not DAna', [ana])).toEqual([
      ana,
      ' leads Atlas; Analytics asks ',
      ana,
      ', not DAna',
    ]);
  });

  test('of two that begin at one place the longer holds; letters outside of Latin are letters too', () => {
    const [short, long, noa] = [subject('Ana'), subject('Ana Duarte'), subject('נועה')];
    expect(cutAtNames('Ana Duarte and \u2068נועה\u2069 and נועהס', [short, long, noa])).toEqual([
      long,
      ' and \u2068',
      noa,
      '\u2069 and נועהס',
    ]);
  });

  test('that are blank, or in no sentence, lead nowhere', () => {
    expect(cutAtNames('Nothing', [subject(''), subject('Ana')])).toEqual(['Nothing']);
    expect(cutAtNames('', [subject('Ana')])).toEqual([]);
  });
});

test('a change set is about its records and whom they name before and after', () => {
  const [before, after] = [anAssignment(idOf(21), ana), anAssignment(idOf(21), jonas)];
  const set = aChange(1, { changes: [{ kind: 'assignment', id: idOf(21), before: { ...before }, after: { ...after } }] });
  const known = { people: byId([aPerson(ana, 'Ana Duarte'), aPerson(jonas, 'Jonas Weber')]), projects: byId([aProject(atlas, 'Atlas')]) };
  expect(subjectsOf(idsIn(set), known)).toEqual([
    { name: 'Ana Duarte', to: `/people/${ana}` },
    { name: 'Atlas', to: `/projects/${atlas}` },
    { name: 'Jonas Weber', to: `/people/${jonas}` },
  ]);
});

test('projects are found by their whole names, where those are no mere letters', () => {
  const projects = byId([aProject(atlas, 'Atlas'), aProject(idOf(12), 'Atlas Two'), aProject(idOf(13), 'is')]);
  const text = 'Atlas Two is thin';
  expect(cutAtNames(text, projectsIn(text, projects))).toEqual([{ name: 'Atlas Two', to: `/projects/${idOf(12)}` }, ' is thin']);
});
