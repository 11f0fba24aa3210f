import { describe, expect, test } from '@jest/globals';
import { isPublic, NoWay, placesOf, type ResolveHost, webhookUrl } from './addresses.ts';

const never: ResolveHost = async () => {
  throw new Error('asked');
};
const standsFor =
  (...addresses: string[]): ResolveHost =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('an address of the internet', () => {
  test.each(['93.184.216.34', '1.1.1.1', '172.15.255.255', '172.32.0.1', '100.63.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    'may be asked: %s',
    (address) => expect(isPublic(address)).toBe(true),
  );
  test.each([
    ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254'],
    ...['100.64.0.1', '100.100.100.200', '192.0.0.192', '198.18.0.1', '224.0.0.1', '255.255.255.255', '240.0.0.1'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:93.184.216.34', '::7f00:1', '64:ff9b::7f00:1', '64:ff9b:1::a00:1'],
    ...['fe80::1', 'fe80::1%eth0', 'fec0::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '2002:7f00:1::', '2001::1', '2001:db8::1', '3fff::1'],
    ...['', 'localhost', '1.2.3', '0x7f000001'],
  ])('and these may not: %s', (address) => expect(isPublic(address)).toBe(false));
});

describe('where a webhook leads', () => {
  const placed = (text: string, resolve: ResolveHost, allowed: string[] = []) => placesOf(webhookUrl(text, allowed), allowed, resolve);

  test.each([
    ...[
      'https://127.0.0.1/x',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://017700000001/',
      'https://[::1]/',
      'https://[::ffff:7f00:1]/',
    ],
    ...['https://169.254.169.254/latest/meta-data', 'https://[fd00:ec2::254]/', 'https://10.0.0.8:8443/'],
  ])('%s is refused without asking anybody', async (text) => {
    await expect(placed(text, never)).rejects.toThrow(NoWay);
  });

  test('a name is refused when any of its addresses is not of the internet', async () => {
    await expect(placed('https://mixed.example/', standsFor('93.184.216.34', '10.0.0.1'))).rejects.toThrow(/WEBHOOK_HOSTS/);
    await expect(placed('https://here.example/', standsFor('93.184.216.34'))).resolves.toEqual([{ address: '93.184.216.34', family: 4 }]);
  });

  test('what ops allow may be asked, by name or with its port, also without https', async () => {
    const here = standsFor('10.0.0.1');
    await expect(placed('http://chat.internal/x', here, ['chat.internal'])).resolves.toHaveLength(1);
    await expect(placed('http://127.0.0.1:8065/x', never, ['127.0.0.1:8065'])).resolves.toHaveLength(1);
    await expect(placed('https://127.0.0.1:8066/x', never, ['127.0.0.1:8065'])).rejects.toThrow(NoWay);
    await expect(placed('https://[::1]:9/', never, ['[::1]'])).resolves.toHaveLength(1);
  });

  test.each([
    ['ftp://example.org/', /begins with https/],
    ['http://example.org/', /begins with https/],
    ['example.org/x', /begins with https/],
    ['https://me:secret@example.org/', /name and password/],
    ['https://example.org/#x', /never sent/],
    ['file:///etc/passwd', /begins with https/],
  ])('%s is refused at its field', (text, words) => {
    expect(() => webhookUrl(text, [])).toThrow(words);
    expect(() => webhookUrl(text, [])).toThrow(
      expect.objectContaining({ errors: [{ path: 'url', message: expect.stringMatching(words) }] }),
    );
  });

  test('a name that nobody knows is told as such', async () => {
    await expect(placed('https://nowhere.example/', never)).rejects.toThrow('No machine is known by the name nowhere.example');
  });
});
