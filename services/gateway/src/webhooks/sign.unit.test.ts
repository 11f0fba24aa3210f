import { expect, test } from '@jest/globals';
import { newWebhookSecret, signatureOf, webhookHeaders } from './sign.ts';

// The vector of the Standard Webhooks specification's reference libraries.
const vector = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' };
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

test('a delivery is signed as the specification says', () => {
  expect(signatureOf(secret, vector)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('while two secrets count both sign, the newest first', () => {
  const other = newWebhookSecret();
  expect(webhookHeaders([other, secret], vector)).toEqual({
    'webhook-id': vector.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': `${signatureOf(other, vector)} ${signatureOf(secret, vector)}`,
  });
});

test('a secret is 256 bits of chance', () => {
  expect(Buffer.from(newWebhookSecret().slice('whsec_'.length), 'base64')).toHaveLength(32);
  expect(newWebhookSecret()).not.toBe(newWebhookSecret());
});
