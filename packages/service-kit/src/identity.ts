import { Identity } from '@sidekick/contracts';
import type { JWK } from 'jose';
import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

/** The header that carries the signed identity from the gateway to a service. */
export const identityHeader = 'sidekick-identity';
const issuer = 'sidekick-gateway';
const audience = 'sidekick-services';
const lifetimeSeconds = 60;
const mostKnown = 2_000;

export type SignIdentity = (identity: Identity) => Promise<string>;
/** Null for a token that is unsigned, expired, of an unknown key or not for us. */
export type VerifyIdentity = (token: string) => Promise<Identity | null>;

/** A new key to sign with, its private part included. */
export async function newSigningKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return { ...(await exportJWK(privateKey)), alg: 'EdDSA', kid };
}

/** What may be told to whoever verifies; limited to `roles` where they are given. */
export function publicHalf(privateJwk: JWK, roles?: readonly string[]): JWK {
  const { d: _private, ...publicJwk } = privateJwk;
  const limit = roles ? { roles } : {};
  return { ...publicJwk, ...limit };
}

/** Signs with Ed25519; `key.kid` names the key. A token lives 60 s. */
export function signerOf(key: JWK): SignIdentity {
  const imported = importJWK(key, 'EdDSA');
  return async (identity) =>
    new SignJWT({ identity })
      .setProtectedHeader({ alg: 'EdDSA', kid: String(key.kid) })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(await imported);
}

/** A key with `roles` signs for those roles alone. */
const Limited = z.object({ roles: z.array(z.string()).optional() });

/** Accepts any of the public keys (rotation: add, switch, remove). A verified token is remembered until it expires. */
export function verifierOf(keys: readonly JWK[]): VerifyIdentity {
  const limits = new Map(keys.map((key) => [String(key.kid), Limited.parse(key).roles]));
  const imported = new Map(keys.map((key) => [String(key.kid), importJWK(key, 'EdDSA')]));
  const known = new LRUCache<string, Identity>({ max: mostKnown, ttlResolution: 0, perf: { now: () => Date.now() } });
  return async (token) => {
    const found = known.get(token);
    if (found) return found;
    try {
      const { payload, protectedHeader } = await jwtVerify(
        token,
        async ({ kid }) => (await imported.get(String(kid))) ?? Promise.reject(new Error('unknown key')),
        {
          issuer,
          audience,
          algorithms: ['EdDSA'],
        },
      );
      const identity = Identity.parse(payload['identity']);
      const limit = limits.get(String(protectedHeader.kid));
      if (limit && !identity.roles.every((role) => limit.includes(role))) return null;
      const ttl = (payload.exp ?? 0) * 1000 - Date.now();
      if (ttl > 0) known.set(token, identity, { ttl });
      return identity;
    } catch {
      return null;
    }
  };
}
