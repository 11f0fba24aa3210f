import type { Identity } from '@sidekick/contracts';
import {
  createLog,
  identityHeader,
  openapiOf,
  type Served,
  type Service,
  serve,
  signerOf,
  type VerifyIdentity,
  verifierOf,
} from '@sidekick/service-kit';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { exportJWK, generateKeyPair } from 'jose';

/** Somebody to ask as. Ids are ULIDs; `roles` decide what is allowed. */
export const aManager: Identity = { account: '01JZZZZZZZZZZZZZZZZZMANAG1', name: 'Helena Prado', roles: ['manager'], person: null };
export const anEngineer: Identity = { account: '01JZZZZZZZZZZZZZZZZZENGN01', name: 'Ben Carter', roles: ['engineer'], person: null };
export const anOps: Identity = { account: '01JZZZZZZZZZZZZZZZZZ0PS001', name: 'Rita Faria', roles: ['ops'], person: null };

export const quietLog = createLog({ level: process.env['TEST_LOG'] ?? 'silent' });

/** Keys for one test: what a gateway would sign with and what services verify with. */
export async function testKeys(): Promise<{ sign(identity: Identity): Promise<string>; verify: VerifyIdentity }> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const kid = { kid: 'test', alg: 'EdDSA' };
  return {
    sign: signerOf({ ...(await exportJWK(privateKey)), ...kid }),
    verify: verifierOf([{ ...(await exportJWK(publicKey)), ...kid }]),
  };
}

export interface Ask {
  as?: Identity | null;
  body?: unknown;
  /** A body that is no JSON. */
  raw?: Uint8Array;
  headers?: Record<string, string>;
}

export interface Got<T = unknown> {
  status: number;
  headers: Headers;
  body: T;
}

export interface Client {
  readonly url: string;
  /** Sends and holds the answer against the service's own OpenAPI document: an undeclared status or shape throws. */
  ask<T = any>(method: string, path: string, ask?: Ask): Promise<Got<T>>;
  close(): Promise<void>;
}

/** Starts a service on a free port of loopback and answers a client whose every response is checked. */
export async function clientOf(service: Service, sign: (identity: Identity) => Promise<string>): Promise<Client> {
  await service.start();
  const served: Served = await serve(service.app, { host: '127.0.0.1', port: 0 });
  const check = responseCheck(service);
  return {
    url: served.url,
    async ask<T>(method: string, path: string, { as, body, raw, headers = {} }: Ask = {}) {
      const response = await fetch(served.url + path, {
        method: method.toUpperCase(),
        headers: {
          ...(as ? { [identityHeader]: await sign(as) } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(raw ? { body: raw as unknown as string } : body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
      const parsed = isJson && text ? JSON.parse(text) : text;
      check(method, path, response.status, parsed);
      return { status: response.status, headers: response.headers, body: parsed as T };
    },
    async close() {
      await served.close({ drainSeconds: 0, graceSeconds: 2 });
      await service.stop();
    },
  };
}

type Check = (method: string, path: string, status: number, body: unknown) => void;

/** Throws when an answer is not what the OpenAPI document of the service says. Problem documents are checked too. */
export const responseCheck = (service: Pick<Service, 'routes' | 'name'>): Check =>
  documentCheck(openapiOf(service.routes, { title: service.name, version: '0', server: '/' }));

/** The same against a document as it is served, e.g. by a portal in another process. */
export function documentCheck(document: Record<string, any>): Check {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (formats as unknown as typeof formats.default)(ajv);
  ajv.addSchema({ $id: 'api', ...document });
  const paths = Object.keys(document['paths']);
  const shapes = paths.map((path) => ({ path, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }));
  return (method, path, status, body) => {
    const clean = path.split('?')[0] ?? path;
    const verb = method.toLowerCase();
    const matches = shapes.filter(({ path, pattern }) => document['paths'][path][verb] && pattern.test(clean));
    const found = (matches.find(({ path }) => path === clean) ?? matches[0])?.path;
    if (!found || status === 304) return;
    const { operationId: name, responses } = document['paths'][found][verb];
    const declared = responses[String(status)];
    if (!declared) throw new Error(`${name} answered ${status}, which its document does not declare: ${JSON.stringify(body)}`);
    const media = Object.keys(declared.content ?? {})[0];
    if (!media?.includes('json')) return;
    const operation = `api#/paths/${found.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${verb}`;
    const validate = ajv.getSchema(`${operation}/responses/${status}/content/${media.replaceAll('/', '~1').replace('+', '%2B')}/schema`);
    if (!validate) throw new Error(`no schema for ${name} ${status}`);
    if (!validate(body)) throw new Error(`${name} ${status}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body).slice(0, 2000)}`);
  };
}
