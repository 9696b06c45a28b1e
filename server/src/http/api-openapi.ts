/** Describes the API in OpenAPI 3.1, from the routes that are served. */
import { apiErrorSchema } from '@firstword/shared/console-wire';
import { isForTokens } from '@firstword/shared/permissions';
import { z } from 'zod';
import { type ApiErrorCode, STATUS_OF } from './api-refusal.ts';
import type { ApiRoute } from './api-route.ts';
import { permissionOf, type RoutePermission } from './route-permissions.ts';

export const OPENAPI_PATH = '/openapi.json';

/** The ways to authenticate for a route. */
function securityOf(permission: RoutePermission): readonly object[] {
  if (permission === 'anyone') return [];
  return permission !== 'session' && isForTokens(permission) ? [{ session: [] }, { token: [] }] : [{ session: [] }];
}
const CSRF_HEADER = {
  name: 'x-csrf-token',
  in: 'header',
  required: false,
  description: 'Required with the session cookie; not needed with an API token.',
  schema: { type: 'string' },
};

const BYTES = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };

export function describeApi(routes: readonly ApiRoute[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: describeRoute(route) };
  return {
    openapi: '3.1.0',
    info: { title: 'Firstword', version: '1', description: 'The REST API behind the agent console.' },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      schemas: { ApiError: jsonSchema(apiErrorSchema, 'output') },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-firstword-agent',
          description:
            'Called `firstword-agent` over plain http. Writes also need the header `x-csrf-token` from `GET /session`.',
        },
        token: { type: 'http', scheme: 'bearer', description: 'An API token; its scope is `read` or `write`.' },
      },
    },
  };
}

function describeRoute(route: ApiRoute) {
  const permission = permissionOf(route);
  const { method, path, summary, bodySchema, bytesMax, querySchema, answer } = route;
  const parameters = [
    ...(path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []),
    ...(querySchema === undefined ? [] : queryParameters(querySchema)),
    ...(permission !== 'anyone' && method !== 'get' ? [CSRF_HEADER] : []),
  ];
  return {
    summary,
    security: securityOf(permission),
    ...(permission === 'anyone' || permission === 'session' ? {} : { 'x-permission': permission }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(bytesMax === undefined ? {} : { requestBody: { required: true, content: BYTES } }),
    ...(bodySchema === undefined
      ? {}
      : {
          requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(bodySchema, 'input') } } },
        }),
    responses: {
      [answer.status]:
        answer.status === 204
          ? { description: 'Success.' }
          : {
              description: 'Success.',
              content: {
                'application/json': { schema: jsonSchema(answer.schema, 'output') },
                ...Object.fromEntries(
                  [answer.textType ?? []].flat().map((type) => [type, { schema: { type: 'string' } }]),
                ),
              },
            },
      ...refusalsOf(route),
    },
  };
}

function refusalsOf(route: ApiRoute) {
  const { method, bodySchema, querySchema, refusals = [] } = route;
  const permission = permissionOf(route);
  const codes: ApiErrorCode[] = [
    ...(bodySchema || querySchema ? (['bad-request'] as const) : []),
    ...(permission !== 'anyone' ? (['signed-out'] as const) : []),
    ...(method === 'get' && permission === 'session' ? [] : (['forbidden'] as const)),
    ...refusals,
    ...(refusals.includes('rate-limited') ? [] : (['rate-limited'] as const)),
    'unavailable',
  ];
  const statuses = new Map<number, ApiErrorCode[]>();
  for (const code of codes) statuses.set(STATUS_OF[code], [...(statuses.get(STATUS_OF[code]) ?? []), code]);
  return Object.fromEntries(
    [...statuses].map(([status, ofStatus]) => [
      status,
      {
        description: `\`code\`: ${ofStatus.join(', ')}`,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/ApiError' } } },
      },
    ]),
  );
}

function queryParameters(schema: z.ZodType) {
  // Query values arrive as text; the output schema shows the types and limits after parsing.
  const { properties = {} } = z.toJSONSchema(schema, { io: 'output' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: false,
    schema: property,
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io });
  return described;
}
