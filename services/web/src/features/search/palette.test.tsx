import { beforeEach, expect, test } from '@jest/globals';
import type { SearchNote } from '@sidekick/contracts';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { useHotkeys } from '../../app/hotkeys.ts';
import { aMe, anAnswer, aPersonHit, aSection } from '../../testing/builders.ts';
import { fakePortal, idOf } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { Palette } from './palette.tsx';

function Screen() {
  const [open, setOpen] = useState(false);
  useHotkeys({ search: () => setOpen(true), go: () => {} });
  return (
    <>
      <button type="button">before</button>
      <input aria-label="a field" />
      {open && <Palette onClose={() => setOpen(false)} />}
    </>
  );
}

const sections = [aSection('Zero-downtime migrations'), aSection('Keep locks short', 'locks')];
const answerTo = (type: string | null) =>
  anAnswer(type === 'section' ? sections : type === 'person' ? [aPersonHit('Noor Haddad')] : [], {
    counts: { section: 14, person: 1, project: 0 },
    total: 15,
  });
const start = () => renderRoutes([{ path: '/', element: <Screen /> }], '/');

beforeEach(() => localStorage.clear());

test('`/` opens it, arrows move through all groups, Enter opens what is marked', async () => {
  fakePortal({ 'GET /me': { body: aMe() }, 'GET /search': ({ query }) => ({ body: answerTo(query.get('type')) }) });
  const { user, address } = start();
  await user.keyboard('/');
  await user.type(screen.getByRole('combobox'), 'postgres migrations');
  await screen.findByRole('option', { name: /Noor Haddad/ });
  expect(screen.getByText('2 of 14')).toBeTruthy();
  const marked = () => screen.getByRole('option', { selected: true }).textContent;
  expect(marked()).toContain('Zero-downtime migrations');
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(marked()).toContain('Noor Haddad');
  await user.keyboard('{ArrowDown}');
  expect(marked()).toContain('Zero-downtime migrations');
  await user.keyboard('{ArrowDown}{Enter}');
  expect(address()).toBe('/p/data/migrations#locks');
  expect(screen.queryByRole('dialog')).toBeNull();
});

const anEngineer = aMe({ roles: ['engineer'], person: idOf(1) });
const skillsAre = (...skills: string[]) => ({ body: { items: skills.map((skill) => ({ skill })) } });

test('an engineer offers to back up a found project, and wishes to learn a found skill, from there', async () => {
  const hit = { ...aPersonHit('Atlas'), type: 'project' as const, id: idOf(70) };
  fakePortal({
    'GET /me': { body: anEngineer },
    'GET /skills': skillsAre('PostGIS'),
    'GET /search': ({ query }) => ({
      body: anAnswer(query.get('type') === 'project' ? [hit] : [], { counts: { section: 0, person: 0, project: 1 }, total: 1 }),
    }),
  });
  const { user, address } = start();
  await user.keyboard('/');
  await user.type(screen.getByRole('combobox'), 'postgis');
  expect((await screen.findByRole('link', { name: 'Wish to learn PostGIS' })).getAttribute('href')).toBe(
    `/people/${idOf(1)}?wish=PostGIS#wishes`,
  );
  await user.click(await screen.findByRole('link', { name: 'Offer to back up Atlas' }));
  expect(address()).toBe(`/projects/${idOf(70)}#offers`);
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('who is no engineer with a person is offered neither', async () => {
  const hit = { ...aPersonHit('Atlas'), type: 'project' as const, id: idOf(70) };
  const portal = fakePortal({
    'GET /me': { body: aMe({ roles: ['manager'], person: idOf(1) }) },
    'GET /search': ({ query }) => ({
      body: anAnswer(query.get('type') === 'project' ? [hit] : [], { counts: { section: 0, person: 0, project: 1 }, total: 1 }),
    }),
  });
  const { user } = start();
  await user.keyboard('/');
  await user.type(screen.getByRole('combobox'), 'postgis');
  await screen.findByRole('option', { name: /Atlas/ });
  expect(screen.queryByRole('link', { name: /Offer|Wish/ })).toBeNull();
  expect(portal.last('GET', '/skills')).toBeUndefined();
});

test('Escape leaves it and the focus goes back; a letter in a field opens nothing', async () => {
  fakePortal({});
  const { user } = start();
  await user.type(screen.getByLabelText('a field'), 'a/b');
  expect(screen.queryByRole('dialog')).toBeNull();
  screen.getByText('before').focus();
  await user.keyboard('{Control>}k{/Control}');
  expect(document.activeElement).toBe(screen.getByRole('combobox'));
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(document.activeElement).toBe(screen.getByText('before'));
});

test('says what was corrected, and searches the word as typed when asked to', async () => {
  const portal = fakePortal({
    'GET /search': ({ query }) => ({
      body: query.get('exact') === 'true' ? anAnswer([]) : anAnswer(sections, { corrections: [{ from: 'migratons', to: 'migrations' }] }),
    }),
  });
  const { user } = start();
  await user.keyboard('/');
  await user.type(screen.getByRole('combobox'), 'postgres migratons');
  expect((await screen.findByText(/not in the index/)).textContent).toContain('Showing results for postgres migrations');
  await user.click(screen.getByRole('button', { name: 'Search the words as typed' }));
  expect(await screen.findByText('Nothing for this.')).toBeTruthy();
  expect(portal.last('GET', '/search')?.query.get('exact')).toBe('true');
});

test('a kind shows that kind alone', async () => {
  const portal = fakePortal({ 'GET /search': ({ query }) => ({ body: answerTo(query.get('type')) }) });
  const { user } = start();
  await user.keyboard('/');
  await user.type(screen.getByRole('combobox'), 'postgres');
  await user.click(await screen.findByRole('button', { name: /People 1/ }));
  await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
  expect(portal.last('GET', '/search')?.query.get('type')).toBe('person');
});

test('what was searched is offered again', async () => {
  fakePortal({ 'GET /me': { body: aMe() }, 'GET /search': ({ query }) => ({ body: answerTo(query.get('type')) }) });
  const first = start();
  const { user } = first;
  await user.keyboard('/');
  await user.type(screen.getByRole('combobox'), 'postgres');
  await user.click(await screen.findByRole('option', { name: /Keep locks short/ }));
  first.unmount();
  start();
  await user.keyboard('/');
  await user.click(await screen.findByRole('button', { name: 'postgres' }));
  expect(await screen.findAllByRole('option')).not.toHaveLength(0);
});

test('a search that fails says so with its request id', async () => {
  fakePortal({});
  const { user } = start();
  await user.keyboard('/');
  await user.type(screen.getByRole('combobox'), 'postgres');
  expect((await screen.findByRole('alert')).textContent).toContain('req-42');
});

test('says what was left out, what was read as an option, and that a phrase stands nowhere', async () => {
  const note = (kind: SearchNote['kind'], ...words: string[]) => ({ kind, words, count: words.length });
  const notes = [note('excluded', 'train', 'tag:sql'), note('option', 'jar'), note('phrase', 'zero downtime')];
  fakePortal({ 'GET /search': { body: anAnswer(sections, { notes }) } });
  const { user } = start();
  await user.keyboard('/');
  await user.type(screen.getByRole('combobox'), 'java -jar -train -tag:sql "zero downtime"');
  const left = (await screen.findByText(/Without whatever holds/)).textContent;
  expect(left).toContain('holds train. To find it instead, write "-train" in quotes. Without whatever has tag:sql.');
  expect(screen.getByText(/with the dash/).textContent).toContain('-jar is searched, as pages write it with the dash');
  expect(screen.getByText(/in this order/).textContent).toContain('zero downtime in this order: the words are searched one by one');
});

test('a pasted text of any length is searched by its first words, and says so', async () => {
  const portal = fakePortal({ 'GET /search': { body: anAnswer(sections) } });
  const { user } = start();
  await user.keyboard('/');
  await user.click(screen.getByRole('combobox'));
  await user.paste(`migrations ${'時光 '.repeat(900)}end`);
  expect((await screen.findByText(/longer than a search/)).textContent).toMatch(/its first words are searched, \d+ more are left out/);
  const sent = portal.last('GET', '/search')?.query.get('q') ?? '';
  expect(sent.startsWith('migrations 時光')).toBe(true);
  expect(encodeURIComponent(sent).length).toBeLessThanOrEqual(6_000);
});

test('a key that an input method takes neither opens what is marked nor leaves', async () => {
  fakePortal({ 'GET /me': { body: aMe() }, 'GET /search': ({ query }) => ({ body: answerTo(query.get('type')) }) });
  const { user, address } = start();
  await user.keyboard('/');
  await user.type(screen.getByRole('combobox'), 'postgres');
  await screen.findByRole('option', { name: /Noor Haddad/ });
  for (const key of ['Enter', 'Escape']) fireEvent.keyDown(screen.getByRole('combobox'), { key, isComposing: true });
  expect([address(), screen.queryByRole('dialog')]).toEqual(['/', expect.anything()]);
});
