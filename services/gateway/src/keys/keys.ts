import { newSigningKey, publicHalf, type SignIdentity, signerOf, type VerifyIdentity, verifierOf } from '@sidekick/service-kit';
import type { CollectionDef, Store } from '@sidekick/store';
import type { JWK } from 'jose';
import { ulid } from 'ulid';
import { z } from 'zod';

const Key = z.strictObject({
  /** The `kid` of tokens signed with it. */
  _id: z.string(),
  crv: z.literal('Ed25519'),
  /** Public and private part, base64url. */
  x: z.string(),
  d: z.string(),
});
type Key = z.infer<typeof Key>;
const definition: CollectionDef<Key> = { name: 'keys', schema: Key, indexes: {} };

/** What the gateway signs identities with, and what the parts verify them with. */
export interface Keys {
  sign: SignIdentity;
  verify: VerifyIdentity;
  publicKeys: readonly JWK[];
}

/** The signing keys of the gateway's store; the first start makes one. The newest signs, all of them verify. */
export async function loadKeys(store: Store): Promise<Keys> {
  const keys = store.collection(definition);
  const read = async () => {
    const found: Key[] = [];
    for await (const { doc } of keys.scan()) if (doc) found.push(doc);
    return found.sort((a, b) => (a._id < b._id ? -1 : 1));
  };
  let all = await read();
  if (all.length === 0) {
    await keys.insert(await newKey());
    all = await read();
  }
  const newest = all.at(-1);
  if (!newest) throw new Error('no signing key');
  const publicKeys = all.map(({ _id, crv, x }) => ({ kty: 'OKP', alg: 'EdDSA', kid: _id, crv, x }));
  const sign = signerOf({ kty: 'OKP', alg: 'EdDSA', kid: newest._id, crv: newest.crv, x: newest.x, d: newest.d });
  return { sign, verify: verifierOf(publicKeys), publicKeys };
}

/** The keys of a gateway that runs apart: it signs with what it was given, and the parts were given its public half. */
export function keysFrom(privateJwk: JWK): Keys {
  const publicJwk = publicHalf(privateJwk);
  return { sign: signerOf(privateJwk), verify: verifierOf([publicJwk]), publicKeys: [publicJwk] };
}

async function newKey(): Promise<Key> {
  const { x, d } = await newSigningKey(ulid());
  return Key.parse({ _id: ulid(), crv: 'Ed25519', x, d });
}
