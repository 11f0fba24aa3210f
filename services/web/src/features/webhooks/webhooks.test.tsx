import { beforeEach, expect, test } from '@jest/globals';
import type { WebhookView } from '@sidekick/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { Guard } from '../../shell/guard.tsx';
import { aMe } from '../../testing/builders.ts';
import { fakePortal, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { WebhooksScreen } from './webhooks-screen.tsx';

const instant = '2026-11-27T09:00:00.000Z';
const list = (...items: object[]) => ({ body: { items, nextCursor: null } });
const aWebhook = (over: Partial<WebhookView> = {}): WebhookView => ({
  ...{ id: idOf(1), version: 3, name: 'chat', url: 'https://hooks.example.org/x', events: ['staffing.project.changed.v1'], stopped: null },
  ...{ by: { id: idOf(8), name: 'Helena Prado' }, createdAt: instant, lastOkAt: instant, failingSince: null, oldSecretUntil: null },
  ...over,
});
const base = { 'GET /me': { body: aMe({ roles: ['manager'] }) }, 'GET /webhooks': list(aWebhook()), 'GET /webhooks/deeds': list() };
const draw = (at = '/webhooks') => {
  const children = [{ path: '/webhooks', element: <WebhooksScreen />, children: [{ path: '/webhooks/:id', element: null }] }];
  return renderRoutes([{ element: <Guard />, children }], at);
};
beforeEach(() => localStorage.clear());

test('an empty place says what webhooks are for; one is made, and its secret is shown once', async () => {
  const portal = fakePortal({
    ...base,
    'GET /webhooks': list(),
    'POST /webhooks': { status: 201, body: { ...aWebhook(), secret: 'whsec_abc' } },
  });
  const { user } = draw();
  await user.click(await screen.findByRole('button', { name: 'New webhook' }));
  const make = screen.getByRole<HTMLButtonElement>('button', { name: 'Make it' });
  await user.type(screen.getByLabelText('Name'), 'chat');
  await user.type(screen.getByLabelText('Address'), 'https://hooks.example.org/x');
  expect(make.disabled).toBe(true);
  await user.click(screen.getByRole('checkbox', { name: 'a project' }));
  portal.set('GET /webhooks', list(aWebhook()));
  await user.click(make);
  expect(portal.last('POST', '/webhooks')?.body).toEqual({
    name: 'chat',
    url: 'https://hooks.example.org/x',
    events: ['staffing.project.changed.v1'],
  });
  expect((await screen.findByLabelText<HTMLInputElement>('Secret')).value).toBe('whsec_abc');
  await user.click(screen.getByRole('button', { name: 'Done' }));
  expect(await screen.findByText('Works', { exact: false })).toBeTruthy();
  expect(JSON.stringify({ ...localStorage })).not.toContain('whsec_abc');
});

test('an address that is refused is told at its field, and nothing typed is lost', async () => {
  const message = 'db.internal stands on this machine or a private network: ops allow it with WEBHOOK_HOSTS';
  const refused = problem(400, 'invalid-body', message);
  refused.body = { ...(refused.body as object), errors: [{ path: 'url', message }] };
  fakePortal({ ...base, 'POST /webhooks': refused });
  const { user, unmount } = draw();
  await user.click(await screen.findByRole('button', { name: 'New webhook' }));
  await user.type(screen.getByLabelText('Name'), 'db');
  await user.type(screen.getByLabelText('Address'), 'https://db.internal/');
  await user.click(screen.getByRole('checkbox', { name: 'everything' }));
  await user.click(screen.getByRole('button', { name: 'Make it' }));
  expect((await screen.findByRole('alert')).textContent).toBe(message);
  unmount();
  const again = draw();
  await again.user.click(await screen.findByRole('button', { name: 'New webhook' }));
  expect(screen.getByLabelText<HTMLInputElement>('Address').value).toBe('https://db.internal/');
});

test('only what was changed is sent, and what somebody else changed at the same field is asked about', async () => {
  const theirs = problem(412, 'stale', 'Somebody else has changed this webhook');
  theirs.body = { ...(theirs.body as object), current: aWebhook({ version: 4, name: 'their name', url: 'https://hooks.example.org/y' }) };
  const portal = fakePortal({ ...base, [`PATCH /webhooks/${idOf(1)}`]: theirs });
  const { user } = draw();
  await user.click(await screen.findByRole('button', { name: 'Change chat' }));
  await user.clear(screen.getByLabelText('Name'));
  await user.type(screen.getByLabelText('Name'), 'my name');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(portal.last('PATCH', `/webhooks/${idOf(1)}`)?.body).toEqual({ name: 'my name' });
  expect(await screen.findByText(/Name: both of you changed it/)).toBeTruthy();
  expect(screen.getByText(/Somebody else changed this webhook meanwhile/)).toBeTruthy();
  portal.set(`PATCH /webhooks/${idOf(1)}`, { body: aWebhook({ version: 5, name: 'my name' }) });
  await user.click(screen.getByRole('button', { name: 'Keep mine' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(portal.last('PATCH', `/webhooks/${idOf(1)}`)?.headers.get('if-match')).toBe('"4"'));
  expect(portal.last('PATCH', `/webhooks/${idOf(1)}`)?.body).toEqual({ name: 'my name' });
});

test('how each fares is told in words, and one that stopped by itself is started', async () => {
  const portal = fakePortal({
    ...base,
    'GET /webhooks': list(
      aWebhook({ id: idOf(1), name: 'fails', failingSince: instant }),
      aWebhook({ id: idOf(2), name: 'stopped', stopped: 'failed' }),
      aWebhook({ id: idOf(3), name: 'left', stopped: 'owner' }),
    ),
    [`PATCH /webhooks/${idOf(2)}`]: { body: aWebhook({ id: idOf(2) }) },
  });
  const { user } = draw();
  const row = async (name: string) => within(await screen.findByRole('listitem', { name }));
  expect((await row('fails')).getByText(/it stops by itself on 2 Dec 2026/)).toBeTruthy();
  expect((await row('stopped')).getByText(/Nothing was taken for five days/)).toBeTruthy();
  expect((await row('left')).getByText(/Helena Prado may no longer have events sent/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Start stopped' }));
  expect(portal.last('PATCH', `/webhooks/${idOf(2)}`)?.body).toEqual({ on: true });
});

test('what was sent stands below at its own address, and is sent again', async () => {
  const delivery = {
    ...{ id: `e:1~${idOf(1)}`, event: 'e:1', type: 'staffing.project.changed.v1', subject: idOf(4), state: 'given up', askedAt: instant },
    ...{ tries: 9, nextAt: null, reason: 'Answered 500', replay: false },
    last: { at: instant, status: 500, milliseconds: 12, answer: 'no room' },
  };
  const path = `/webhooks/${idOf(1)}/deliveries`;
  const portal = fakePortal({
    ...base,
    [`GET ${path}`]: list(delivery),
    [`POST ${path}/${delivery.id}/replay`]: { status: 202, body: { ...delivery, state: 'waiting', replay: true } },
  });
  const { user } = draw(`/webhooks/${idOf(1)}`);
  const table = within(await screen.findByRole('table', { name: 'Sent to chat' }));
  expect(table.getByText('Answered 500')).toBeTruthy();
  expect(table.getByText('no room')).toBeTruthy();
  expect(table.getByText(/after 9 tries/)).toBeTruthy();
  await user.click(table.getByRole('button', { name: /^Send a project of .* again$/ }));
  await waitFor(() => expect(portal.last('POST', `${path}/${delivery.id}/replay`)).toBeDefined());
  await user.click(screen.getByRole('button', { name: 'Hide what was sent' }));
  expect(screen.queryByRole('table')).toBeNull();
});

test('a second look keeps the focus, and gives it back where nothing is done', async () => {
  const portal = fakePortal(base);
  const { user } = draw();
  await user.click(await screen.findByRole('button', { name: 'Remove chat' }));
  expect(document.activeElement?.textContent).toBe('Keep');
  await user.keyboard('{Enter}');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Remove chat');
  expect(portal.last('DELETE', `/webhooks/${idOf(1)}`)).toBeUndefined();
});

test('what managers alone are told of is offered to managers alone', async () => {
  fakePortal({ ...base, 'GET /me': { body: aMe({ roles: ['ops'] }) } });
  const { user } = draw();
  await user.click(await screen.findByRole('button', { name: 'New webhook' }));
  expect(screen.getByRole('checkbox', { name: 'a team' })).toBeTruthy();
  expect(screen.queryByRole('checkbox', { name: /managers alone/ })).toBeNull();
});
