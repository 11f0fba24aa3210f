import { beforeEach, describe, expect, test } from '@jest/globals';
import { configure, screen, waitFor } from '@testing-library/react';
import { problem } from '../testing/portal.ts';
import { asJonas, one, openAssignment, type Portal, saves } from '../testing/record-form.tsx';
import { anAssignment, jonas, overAllocated } from '../testing/staffing.ts';
import { clearToasts } from '../ui/toast.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  clearToasts();
});

describe('a removal that breaks a rule', () => {
  const posts = (portal: Portal) => portal.asked.filter(({ method, path }) => method === 'POST' && path === '/changes');
  const broken = { ...overAllocated, code: 'freelance-lead' as const, message: 'A freelance lead needs an employed sidekick' };
  const refuses = (portal: Portal) =>
    portal.set('POST /changes', ({ body }) =>
      (body as never)['accept'][0] === broken.code
        ? { status: 201, body: { number: 5, items: [], warnings: [] } }
        : problem(409, 'broken-rules', broken.message, { broken: [broken] }),
    );

  test('asks why, at the button that was pressed, and goes with the reason', async () => {
    const { portal, form, user } = await openAssignment();
    refuses(portal);
    await user.click(form.getByRole('button', { name: 'Remove' }));
    const why = await form.findByLabelText('Why remove anyway?');
    await waitFor(() => expect(document.activeElement).toBe(why));
    form.getByText(broken.message);
    expect(form.getByRole('button', { name: 'Save' })).toBeTruthy();
    const again = form.getByRole('button', { name: 'Remove anyway' });
    await user.click(again);
    expect(posts(portal)).toHaveLength(1);
    await user.type(why, 'The client agreed');
    await user.click(again);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(posts(portal).at(-1)?.body).toMatchObject({ accept: [broken.code], reason: 'The client agreed', commands: [{ do: 'delete' }] });
  });

  test('leaves saving as it was: nothing is accepted for it', async () => {
    const { portal, form, user, type, save } = await openAssignment();
    refuses(portal);
    await user.click(form.getByRole('button', { name: 'Remove' }));
    await user.type(await form.findByLabelText('Why remove anyway?'), 'The client agreed');
    portal.set('POST /changes', { status: 201, body: { number: 5, items: [], warnings: [] } });
    await type('6.5');
    await save();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(posts(portal).at(-1)?.body).toMatchObject({ accept: [], commands: [{ do: 'change' }] });
    expect(posts(portal).at(-1)?.body).not.toHaveProperty('reason');
  });
});

describe('hours', () => {
  test('a share is computed from the person’s week and said; what is not understood is refused at the field', async () => {
    const { portal, form, type, save } = await openAssignment(anAssignment(one, jonas, { ...asJonas }));
    await type('50%');
    await form.findByText('50 % = 20 h a week, of Jonas Weber’s 40 h');
    await type('50 $');
    await form.findByText(/“50 \$” is no number of hours we know/);
    await save();
    expect(saves(portal)).toEqual([]);
    await type('25 %');
    await save();
    await waitFor(() => expect(saves(portal)).toMatchObject([{ patch: { hoursPerWeek: 10 } }]));
  });
});
