import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { projectRoot } from '@sidekick/testing';
import { type Composition, composeRules, compositionOf, type Service } from './compose.ts';
import { dockerfileRules } from './dockerfile.ts';

const dockerfile = readFileSync(`${projectRoot}/infra/Dockerfile`, 'utf8');
const compose = readFileSync(`${projectRoot}/docker-compose.yml`, 'utf8');

/** One or more ways to break each rule: what is replaced, and by what. */
const inDockerfile: Record<string, [old: string | RegExp, now: string][]> = {
  'no other front end than the builder has': [[/^/, '# syntax=docker/dockerfile:1\n']],
  'no heredoc': [[/^RUN find/m, 'RUN <<EOF\necho\nEOF\nRUN find']],
  'COPY and ADD with --chown, --chmod and --from alone': [
    ['COPY services services', 'COPY --link services services'],
    ['COPY services services', 'COPY --chown=1:1 --parents services ./'],
    ['COPY services services', 'COPY --exclude=*.md services services'],
  ],
  'RUN with mounts of cache, secret, bind or tmpfs alone': [
    ['RUN --mount=type=cache', 'RUN --network=none --mount=type=cache'],
    ['--mount=type=secret,id=ca', '--mount=type=ssh'],
  ],
  'mounts no secret that Compose does not give': [['type=secret,id=ca', 'type=secret,id=proxy']],
  'no start interval of a health check': [['USER 1000', 'HEALTHCHECK --start-interval=1s CMD true\nUSER 1000']],
  'base images are build arguments with a fixed tag': [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the Dockerfile
    ['FROM ${NODE_IMAGE} AS base', 'FROM node:24-slim AS base'],
    ['NODE_IMAGE=node:24-slim', 'NODE_IMAGE=node:latest'],
    ['NODE_IMAGE=node:24-slim', 'NODE_IMAGE=node'],
  ],
  'runs as a numeric user that is not root': [
    ['USER 1000:1000', 'USER node'],
    ['USER 1000:1000', 'USER 0'],
    ['USER 1000:1000', ''],
  ],
  'names no registry, certificate or proxy': [['RUN find', 'RUN npm config set registry https://npm.example.org && find']],
};

test.each(Object.entries(dockerfileRules))('Dockerfile: %s', (rule, check) => {
  expect(check(dockerfile)).toEqual([]);
  expect(inDockerfile[rule]?.length).toBeGreaterThan(0);
  for (const [old, now] of inDockerfile[rule] ?? []) {
    const broken = dockerfile.replace(old, () => now);
    expect(broken).not.toBe(dockerfile);
    expect(check(broken)).not.toEqual([]);
  }
});

type Break = (composition: Composition) => unknown;
const set =
  (name: string, over: Service): Break =>
  ({ services }) =>
    Object.assign(services[name] as Service, over);
const inCompose: Record<string, Break[]> = {
  'an image is a variable with a public default of a fixed tag': [
    set('redis', { image: 'redis:8' }),
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: variables of Compose
    set('redis', { image: '${REDIS_IMAGE:-redis:latest}' }),
    set('redis', { image: '${REDIS_IMAGE:-redis}' }),
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: variables of Compose
  ],
  'one service alone carries build': [set('content', { build: '.' })],
  'a build is given every secret that the Dockerfile mounts': [
    set('gateway', { build: { context: '.' } }),
    set('gateway', { build: { context: '.', secrets: ['npmrc'] } }),
    ({ secrets }) => delete secrets?.['ca'],
  ],
  'nobody is root': [set('content', { user: '0:0' }), ({ services }) => delete services['rabbitmq']?.user],
  'root file systems are read-only': [set('mongo', { read_only: false })],
  'no capabilities and no new privileges': [set('redis', { cap_drop: [] }), set('redis', { security_opt: [] })],
  'gateway and Prometheus alone are published, on this machine': [
    set('mongo', { ports: ['127.0.0.1:27017:27017'] }),
    set('gateway', { ports: ['8080:8080'] }),
  ],
  'every password and key has to be given': [
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: variables of Compose
    (one) => Object.assign(one, { text: `${one.text}\n# \${REDIS_PASSWORD:-redis}` }),
    (one) => Object.assign(one, { text: `${one.text}\n# \${IDENTITY_PUBLIC_KEYS}` }),
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: variables of Compose
  ],
  'memory has a limit': [({ services }) => delete services['search']?.mem_limit],
  'the heaps of a service and its workers fit into its memory': [
    set('search', { mem_limit: '768m' }),
    ({ services }) => delete services['content']?.environment?.['NODE_OPTIONS'],
  ],
  'whoever stays is revived and has a health check': [
    set('content', { restart: 'no' }),
    set('gateway', { healthcheck: { disable: true } }),
    ({ services }) => delete services['mongo']?.healthcheck,
  ],
  'a service has longer to stop than it takes': [
    set('staffing', { stop_grace_period: '10s' }),
    ({ services }) => delete services['content']?.stop_grace_period,
  ],
};

test.each(Object.entries(composeRules))('Compose: %s', (rule, check) => {
  expect(check(compositionOf(compose))).toEqual([]);
  expect(inCompose[rule]?.length).toBeGreaterThan(0);
  for (const breakIt of inCompose[rule] ?? []) {
    const composition = compositionOf(compose);
    breakIt(composition);
    expect(check(composition)).not.toEqual([]);
  }
});
