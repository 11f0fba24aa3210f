import * as contracts from '@sidekick/contracts';
import { z } from 'zod';
import { type Definitions, exampleOf, type JsonSchema } from './examples.ts';
import type { AnswerSpec, Route } from './routes.ts';

type Json = Record<string, unknown>;
type Io = 'input' | 'output';

/** OpenAPI 3.1 of routes, from their zod schemas. Schemas exported by the contracts become components; what is asked ends in `Input`. */
export function openapiOf(routes: readonly Route[], options: { title: string; version: string; server: string }): Json {
  const schemas = componentsOf(routes);
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, schemas, routes) };
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
  /** A schema by its name, with an example of it. */
  refer(schema: z.ZodType, io: Io): { schema: Json; example: unknown };
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
  const examples = new Map<string, unknown>();
  const exampleFor = (name: string) => {
    if (!examples.has(name)) examples.set(name, exampleOf(documents[name] ?? {}, documents as Definitions));
    return examples.get(name);
  };
  return {
    documents,
    refer: (schema, io) => {
      const name = nameFor(names.get(schema) ?? '', io);
      return { schema: { $ref: `#/components/schemas/${name}` }, example: exampleFor(name) };
    },
  };
}

function operationOf(route: Route, schemas: Components, routes: readonly Route[]): Json {
  const problems = [...new Set([400, 401, 403, ...(route.body ? [415] : []), 500, 503, ...(route.problems ?? [])])].sort();
  const problem = {
    description: 'Problem',
    content: { 'application/problem+json': { schema: schemas.refer(contracts.Problem, 'output').schema } },
  };
  return {
    operationId: route.operation,
    summary: route.summary,
    description: `Access: ${typeof route.access === 'string' ? route.access : route.access.join(', ')}. ${scopeWords(route.operation)}`,
    ...(route.access === 'public' ? { security: [] } : { security: securityOf(route.operation) }),
    parameters: parametersOf(route),
    ...requestBody(route, schemas, routes),
    responses: {
      ...Object.fromEntries(Object.entries(route.answers).map(([status, answer]) => [status, answerOf(answer, schemas)])),
      ...Object.fromEntries(problems.map((status) => [String(status), problem])),
    },
  };
}

const scopeWords = (operation: string): string => {
  const scope = contracts.operationScopes.get(operation);
  return scope ? (scope === 'any' ? 'Any API token.' : `API tokens: ${scope}.`) : 'No API token.';
};
const securityOf = (operation: string): Json[] => [{ session: [] }, ...(contracts.operationScopes.get(operation) ? [{ token: [] }] : [])];

function requestBody(route: Route, schemas: Components, routes: readonly Route[]): Json {
  if (route.media) {
    const schema = { type: 'string', format: 'binary' };
    const example = 'the bytes of the file';
    return {
      requestBody: { required: true, content: Object.fromEntries([route.media].flat().map((type) => [type, { schema, example }])) },
    };
  }
  if (!route.body) return {};
  const taken = schemas.refer(route.body, 'input');
  const whole = routes.find(({ method, path }) => route.method === 'patch' && method === 'put' && path === route.path)?.body;
  const content = { ...taken, ...(whole && { example: partOf(schemas.refer(whole, 'input').example) }) };
  return { requestBody: { required: true, content: { 'application/json': content } } };
}

/** The first member of what can be put: as much as a merge patch needs. */
const partOf = (whole: unknown): Json => Object.fromEntries(Object.entries(whole as Json).slice(0, 1));

function answerOf(answer: AnswerSpec, schemas: Components): Json {
  if (answer === null) return { description: 'No content' };
  if (answer instanceof z.ZodType) return { description: 'OK', content: { 'application/json': schemas.refer(answer, 'output') } };
  return {
    description: 'OK',
    content: { [answer.media]: { schema: { type: 'string' }, example: mediaExamples[answer.media] ?? 'the bytes of the file' } },
  };
}

const mediaExamples: Readonly<Record<string, string>> = {
  'text/event-stream': 'data: {"type":"staffing.project.changed.v1","id":"01KB9ZQ4T0C5W8J1M6R3V7X2YD","version":3}\n\n',
  'application/x-ndjson': '{"line":1}\n',
  'text/html': '<!doctype html>',
};

function parametersOf(route: Route): Json[] {
  const of = (place: 'path' | 'query', schema: z.ZodType | undefined) =>
    Object.entries(schema instanceof z.ZodObject ? schema.shape : {}).map(([name, value]) => {
      const { $schema: _schema, ...rest } = z.toJSONSchema(value as z.ZodType, { io: 'output', unrepresentable: 'any' }) as Json;
      const required = place === 'path' || !(value as z.ZodType).safeParse(undefined).success;
      const whole = { type: 'object', properties: { [name]: rest as JsonSchema }, required: [name] };
      const { [name]: example } = exampleOf(whole, {}) as Json;
      return { name, in: place, required, schema: rest, ...(required && { example }) };
    });
  return [...of('path', route.params), ...of('query', route.query)];
}
