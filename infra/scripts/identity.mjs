// Node's own modules alone: these commands run on a fresh clone with nothing installed.
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';

/** As `newSigningKey` of service-kit makes one: a JWK of Ed25519 with its private part. */
function newSigningKey(owner) {
  return { ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), alg: 'EdDSA', kid: `${owner}-${randomUUID()}` };
}

const publicHalf = ({ d: _private, ...publicJwk }, limit = {}) => ({ ...publicJwk, ...limit });

/** The three identity settings of services that run apart, freshly made: name and JSON of each. Search signs as ops alone. */
export function identitySettings() {
  const gateway = newSigningKey('gateway');
  const search = newSigningKey('search');
  return [
    ['GATEWAY_IDENTITY_PRIVATE_KEY', JSON.stringify(gateway)],
    ['SEARCH_IDENTITY_PRIVATE_KEY', JSON.stringify(search)],
    ['IDENTITY_PUBLIC_KEYS', JSON.stringify([publicHalf(gateway), publicHalf(search, { roles: ['ops'] })])],
  ];
}

/** Of letters that need no escaping in an address. */
export const password = (bytes = 24) => randomBytes(bytes).toString('base64url');
