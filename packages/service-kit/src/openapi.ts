import * as contracts from '@sidekick/contracts';
import { z } from 'zod';
import type { AnswerSpec, Route } from './routes.ts';

type Json = Record<string, unknown>;
type Io = 'input' | 'output';

/** OpenAPI 3.1 of routes, from their zod schemas. Schemas exported by the contracts become components; what is asked ends in `Input`. */
export function openapiOf(routes: readonly Route[], options: { title: string; version: string; server: string }): Json {
  const schemas = componentsOf(routes);
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: { title: options.title, version: options.version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: options.server }],
    paths,
    components: {
      schemas: schemas.documents,
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-session' }, token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

interface Components {
  documents: Record<string, Json>;
  refer(schema: z.ZodType, io: Io): Json;
}

/** Every schema of a route that the contracts do not name gets a name from its operation. */
function componentsOf(routes: readonly Route[]): Components {
  const registry = z.registry<{ id: string }>();
  const names = new Map<z.ZodType, string>();
  const add = (name: string, schema: z.ZodType) => {
    if (names.has(schema)) return;
    names.set(schema, name);
    registry.add(schema, { id: name });
  };
  for (const [name, value] of Object.entries(contracts)) if (value instanceof z.ZodType && /^[A-Z]/.test(name)) add(name, value);
  for (const route of routes) {
    const stem = route.operation[0]?.toUpperCase() + route.operation.slice(1);
    if (route.body) add(`${stem}Body`, route.body);
    for (const [status, answer] of Object.entries(route.answers)) if (answer instanceof z.ZodType) add(`${stem}Answer${status}`, answer);
  }
  const nameFor = (name: string, io: Io) => (io === 'input' ? `${name}Input` : name);
  const documents: Record<string, Json> = {};
  for (const io of ['input', 'output'] as const) {
    const made = z.toJSONSchema(registry, { io, unrepresentable: 'any', uri: (id) => `#/components/schemas/${nameFor(id, io)}` });
    for (const [name, schema] of Object.entries(made.schemas)) {
      const { $id: _id, $schema: _schema, id: _name, ...rest } = schema as Json;
      documents[nameFor(name, io)] = rest;
    }
  }
  return { documents, refer: (schema, io) => ({ $ref: `#/components/schemas/${nameFor(names.get(schema) ?? '', io)}` }) };
}

function operationOf(route: Route, schemas: Components): Json {
  const problems = [...new Set([400, 401, 403, ...(route.body ? [415] : []), 500, 503, ...(route.problems ?? [])])].sort();
  const problem = {
    description: 'Problem',
    content: { 'application/problem+json': { schema: schemas.refer(contracts.Problem, 'output') } },
  };
  return {
    operationId: route.operation,
    summary: route.summary,
    description: `Access: ${typeof route.access === 'string' ? route.access : route.access.join(', ')}.`,
    ...(route.access === 'public' ? { security: [] } : { security: [{ session: [] }, { token: [] }] }),
    parameters: parametersOf(route),
    ...requestBody(route, schemas),
    responses: {
      ...Object.fromEntries(Object.entries(route.answers).map(([status, answer]) => [status, answerOf(answer, schemas)])),
      ...Object.fromEntries(problems.map((status) => [String(status), problem])),
    },
  };
}

function requestBody(route: Route, schemas: Components): Json {
  if (route.media) {
    const schema = { type: 'string', format: 'binary' };
    return { requestBody: { required: true, content: Object.fromEntries([route.media].flat().map((type) => [type, { schema }])) } };
  }
  if (!route.body) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: schemas.refer(route.body, 'input') } } } };
}

function answerOf(answer: AnswerSpec, schemas: Components): Json {
  if (answer === null) return { description: 'No content' };
  if (answer instanceof z.ZodType)
    return { description: 'OK', content: { 'application/json': { schema: schemas.refer(answer, 'output') } } };
  return { description: 'OK', content: { [answer.media]: { schema: { type: 'string' } } } };
}

function parametersOf(route: Route): Json[] {
  const of = (place: 'path' | 'query', schema: z.ZodType | undefined) =>
    Object.entries(schema instanceof z.ZodObject ? schema.shape : {}).map(([name, value]) => {
      const { $schema: _schema, ...rest } = z.toJSONSchema(value as z.ZodType, { io: 'output', unrepresentable: 'any' }) as Json;
      return { name, in: place, required: place === 'path' || !(value as z.ZodType).safeParse(undefined).success, schema: rest };
    });
  return [...of('path', route.params), ...of('query', route.query)];
}
