import { beforeEach, expect, test } from '@jest/globals';
import { act, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { saves } from '../../testing/record-form.tsx';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aPerson, aProject, aStaffing, atlas, jonas, noor } from '../../testing/staffing.ts';
import { clearToasts } from '../../ui/toast.tsx';
import { SkillsScreen } from './skills-screen.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  clearToasts();
});

const list = (items: unknown[]) => ({ body: { items, nextCursor: null } });
const aSkill = (skill: string, people: number, projects: number) => ({
  ...{ skill, people, projects, spellings: [{ spelling: skill, uses: people + projects }] },
  twice: { people: [], projects: [] },
});

const three = () => [
  aPerson(ana, 'Ana Duarte', { skills: [{ skill: 'Go', level: 2 }] }),
  aPerson(noor, 'Noor Haddad', { skills: [{ skill: 'Go', level: 5 }] }),
  aPerson(jonas, 'Jonas Weber', { skills: [{ skill: 'Golang', level: 3 }] }),
];

function open(
  at: string,
  options: Parameters<typeof aStaffing>[0] = {},
  skills: object[] = [aSkill('Go', 2, 1), aSkill('Golang', 1, 0)],
  people: object[] = three(),
) {
  const { portal } = aStaffing(options);
  portal.set('GET /skills', { body: { items: skills } });
  portal.set('GET /people', list(people));
  portal.set('GET /projects', list([aProject(atlas, 'Atlas', { requiredSkills: [{ skill: 'Go', level: 3 }] })]));
  portal.set('GET /wishes', list([{ id: idOf(41), person: jonas, skill: 'Rust', sample: false, version: 1 }]));
  return { portal, ...renderRoutes([{ path: '/skills', element: <SkillsScreen /> }], at) };
}
const cells = (row: HTMLElement | undefined) =>
  within(row as HTMLElement)
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);

test('tells who has a skill at which level, which project asks for it and who wishes to learn it; a manager merges two', async () => {
  const { user, portal } = open('/skills');
  portal.set('POST /skills/merge', { status: 201, body: { number: 41, items: [], warnings: [] } });
  const rows = await screen.findAllByRole('row');
  expect(rows.slice(1).map((row) => cells(row).slice(0, 4))).toEqual([
    ['Go', 'Noor Haddad 5, Ana Duarte 2', 'Atlas 3', '–'],
    ['Golang', 'Jonas Weber 3', '–', '–'],
    ['Rust', 'nobody', '–', 'Jonas Weber'],
  ]);
  screen.getByText(/1 has seen it · 2 with help · 3 alone · 4 well · 5 teaches it/);
  await user.click(await screen.findByRole('button', { name: 'Rename or merge Go' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Rename or merge Go' }));
  expect((dialog.getByRole('button', { name: 'Rename' }) as HTMLButtonElement).disabled).toBe(true);
  await waitFor(() => expect(document.activeElement).toBe(dialog.getByLabelText('Name')));
  await user.selectOptions(dialog.getByLabelText('Merge with it'), 'golang');
  await user.click(dialog.getByRole('button', { name: 'Merge' }));
  await screen.findByText('Go, Golang are called Go everywhere', { selector: '.toast span' });
  expect(portal.last('POST', '/skills/merge')?.body).toMatchObject({ skill: 'Go', spellings: ['Go', 'Golang'] });
});

test('a level is set in the matrix, by a figure or a click, against the version that was read', async () => {
  const { user, portal } = open('/skills?view=matrix');
  const anas = await screen.findByRole('button', { name: 'Ana Duarte, Go: 2, with help' });
  act(() => anas.focus());
  await user.keyboard('4');
  await screen.findByText('Ana Duarte: Go 4 (was 2)', { selector: '.toast span' });
  await user.keyboard('{ArrowRight}');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Ana Duarte, Golang: none');
  await user.click(screen.getByRole('button', { name: 'Noor Haddad, Go: 5, teaches it' }));
  await waitFor(() => expect(saves(portal)).toHaveLength(2));
  expect(saves(portal)).toEqual([
    { do: 'change', kind: 'person', id: ana, version: 1, patch: { skills: [{ skill: 'Go', level: 4 }] } },
    { do: 'change', kind: 'person', id: noor, version: 1, patch: { skills: [] } },
  ]);
});

test('figures typed faster than they are saved are saved one after another, each over what the one before made', async () => {
  const { user, portal } = open('/skills?view=matrix');
  const anas = await screen.findByRole('button', { name: 'Ana Duarte, Go: 2, with help' });
  const waiting: (() => void)[] = [];
  portal.set(
    'POST /changes',
    ({ body }) =>
      new Promise((resolve) => {
        const { patch } = (body as { commands: [{ patch: { skills: object[] } }] }).commands[0];
        waiting.push(() => {
          portal.set('GET /people', list([aPerson(ana, 'Ana Duarte', { version: 7, ...patch } as never)]));
          resolve({ status: 201, body: { number: 7, items: [], warnings: [] } });
        });
      }),
  );
  act(() => anas.focus());
  await user.keyboard('4{ArrowRight}3');
  await waitFor(() => expect(waiting).toHaveLength(1));
  await act(async () => waiting[0]?.());
  await waitFor(() => expect(waiting).toHaveLength(2));
  expect(saves(portal).map(({ version, patch }: any) => [version, patch.skills])).toEqual([
    [1, [{ skill: 'Go', level: 4 }]],
    [
      7,
      [
        { skill: 'Go', level: 4 },
        { skill: 'Golang', level: 3 },
      ],
    ],
  ]);
});

test('a name that is a spelling of another skill merges the two, and that is said', async () => {
  const spelled = { ...aSkill('Kubernetes', 1, 0), spellings: ['Kubernetes', 'K8s'].map((spelling) => ({ spelling, uses: 1 })) };
  const { user } = open('/skills', {}, [aSkill('Go', 2, 1), spelled]);
  await user.click(await screen.findByRole('button', { name: 'Rename or merge Go' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Rename or merge Go' }));
  await user.clear(dialog.getByLabelText('Name'));
  await user.type(dialog.getByLabelText('Name'), 'k8s');
  dialog.getByText(/^Go, Kubernetes are called k8s everywhere/);
  dialog.getByRole('button', { name: 'Merge' });
});

const stale = (skills: object[]) => {
  const refused = problem(412, 'stale', 'Changed meanwhile');
  const { version, ...record } = aPerson(ana, 'Ana Duarte', { skills } as never);
  return { ...refused, body: { ...(refused.body as object), current: { id: ana, version: version + 8, record } } };
};

test('a level is set over another skill that somebody changed meanwhile; the same one is asked about with both values', async () => {
  const { user, portal } = open('/skills?view=matrix');
  const anas = await screen.findByRole('button', { name: 'Ana Duarte, Go: 2, with help' });
  const answers = [
    stale([
      { skill: 'Go', level: 2 },
      { skill: 'Rust', level: 1 },
    ]),
    { status: 201, body: { number: 7, items: [], warnings: [] } },
  ];
  portal.set('POST /changes', () => Promise.resolve(answers.shift() as never));
  act(() => anas.focus());
  await user.keyboard('4');
  await screen.findByText('Ana Duarte: Go 4 (was 2)', { selector: '.toast span' });
  expect(saves(portal).at(-1)).toMatchObject({
    version: 9,
    patch: {
      skills: [
        { skill: 'Go', level: 4 },
        { skill: 'Rust', level: 1 },
      ],
    },
  });
  portal.set('GET /changes', list([]));
  answers.push(stale([{ skill: 'Go', level: 5 }]), stale([{ skill: 'Go', level: 5 }]));
  act(() => anas.focus());
  await user.keyboard('3');
  const clash = within(
    await screen.findByText(
      (_, one) => /set Go of Ana Duarte to 5 while you set it to 3; it was 2/.test(one?.textContent ?? '') && one?.role === 'alert',
    ),
  );
  clash.getByRole('button', { name: 'Set 3' });
  const sent = saves(portal).length;
  await user.click(clash.getByRole('button', { name: 'Keep 5' }));
  expect(screen.queryByText(/while you set it/)).toBeNull();
  expect(saves(portal)).toHaveLength(sent);
});

test('levels that fail stay listed by person and skill, whatever is saved after them, each with a way to try again', async () => {
  const { user, portal } = open('/skills?view=matrix');
  const anas = await screen.findByRole('button', { name: 'Ana Duarte, Go: 2, with help' });
  const saved = { status: 201, body: { number: 7, items: [], warnings: [] } };
  const away = problem(503, 'unavailable', 'The portal is away');
  portal.set('POST /changes', ({ body }) => {
    const [{ id }] = (body as { commands: [{ id: string }] }).commands;
    return id === ana ? away : saved;
  });
  act(() => anas.focus());
  await user.keyboard('4{ArrowRight}3');
  await user.click(screen.getByRole('button', { name: 'Noor Haddad, Go: 5, teaches it' }));
  await screen.findByText('Noor Haddad: Go none (was 5)', { selector: '.toast span' });
  const listed = () =>
    screen.getAllByRole('alert').flatMap((one) => (one.className === 'conf bad0' ? [one.querySelector('span')?.textContent] : []));
  expect(listed()).toEqual([
    'Go of Ana Duarte, 4: Not saved. The portal is away',
    'Golang of Ana Duarte, 3: Not saved. The portal is away',
  ]);
  portal.set('POST /changes', saved);
  await user.click(screen.getAllByRole('button', { name: 'Try again' })[0] as HTMLElement);
  await screen.findByText('Ana Duarte: Go 4 (was 2)', { selector: '.toast span' });
  expect(listed()).toEqual(['Golang of Ana Duarte, 3: Not saved. The portal is away']);
});

test('of many people and skills those in view are drawn, and the keys lead on', async () => {
  const sizes = { clientHeight: 600, clientWidth: 1000 };
  const own = Object.keys(sizes).map((key) => [key, Object.getOwnPropertyDescriptor(HTMLElement.prototype, key)] as const);
  for (const [key, value] of Object.entries(sizes))
    Object.defineProperty(HTMLElement.prototype, key, { configurable: true, get: () => value });
  try {
    const skills = Array.from({ length: 200 }, (_, index) => aSkill(`Skill ${String(index).padStart(3, '0')}`, 1, 0));
    const people = Array.from({ length: 500 }, (_, index) => aPerson(idOf(1_000 + index), `Person ${String(index).padStart(3, '0')}`));
    const { user } = open('/skills?view=matrix', {}, skills, people);
    const first = await screen.findByLabelText('Person 000, Skill 000: none');
    expect(document.querySelectorAll('[data-at]').length).toBeLessThan(1_500);
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('501');
    act(() => first.focus());
    await user.keyboard('{ArrowDown}{ArrowRight}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Person 001, Skill 001: none');
    const scroller = screen.getByLabelText(/^Levels/);
    scroller.scrollTop = 8_000;
    scroller.scrollLeft = 9_000;
    fireEvent.scroll(scroller);
    await screen.findByLabelText('Person 250, Skill 100: none');
    expect(screen.queryByLabelText('Person 001, Skill 001: none')).toBeNull();
    // The cell with the focus is not drawn any more: the keys are the matrix's, and lead back to it.
    expect(document.activeElement).toBe(scroller);
    await user.keyboard('{ArrowDown}');
    fireEvent.scroll(scroller);
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Person 001, Skill 001: none'));
  } finally {
    for (const [key, value] of own)
      if (value) Object.defineProperty(HTMLElement.prototype, key, value);
      else Reflect.deleteProperty(HTMLElement.prototype, key);
  }
});

test('an engineer sets their own levels and reads those of others', async () => {
  open('/skills?view=matrix', { roles: ['engineer'], person: ana });
  await screen.findByRole('button', { name: 'Ana Duarte, Go: 2, with help' });
  expect(screen.getAllByRole('button', { name: /, (Go|Golang|Rust): / }).map((one) => one.getAttribute('aria-label'))).toEqual([
    'Ana Duarte, Go: 2, with help',
    'Ana Duarte, Golang: none',
    'Ana Duarte, Rust: none',
  ]);
});
