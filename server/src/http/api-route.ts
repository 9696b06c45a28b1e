/** A route as data: the same table is served, guarded, described in OpenAPI and tested. */
import type { AgentView } from '@firstword/shared/console-wire';
import type { Actor } from '@firstword/shared/ticket';
import type { z } from 'zod';
import type { ClientAddress } from '../lib/client-address.ts';
import type { AuditEvent } from '../records/audit-log.ts';
import type { ApiErrorCode } from './api-refusal.ts';

export interface ApiRequest<Body, Query> {
  readonly body: Body;
  readonly query: Query;
  /** The body of a route with `bytesMax`; empty for all others. */
  readonly bytes: Uint8Array;
  /** The value of `{id}` in the path. */
  readonly id: string;
  readonly address: ClientAddress;
  /** Records what the caller has done. To be awaited before the response. */
  audit(event: Omit<AuditEvent, 'actor' | 'address'>): Promise<void>;
  /** Sets or clears the session's cookie. */
  signIn(token: string): void;
  signOut(): void;
}

/** The session of a page whose agent is signed in. */
export interface PageSession {
  readonly token: string;
  readonly csrf: string;
}

/** The authenticated caller of a route. */
export interface Caller {
  readonly agent: AgentView;
  /** Absent for a program with an API token. */
  readonly session?: PageSession;
}

export function actorOf({ id, name }: Pick<AgentView, 'id' | 'name'>): Actor {
  return { kind: 'agent', id, name };
}

/** A response that is not JSON. */
export class TextAnswer {
  readonly text: string;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(text: string, type: string, headers: Readonly<Record<string, string>> = {}) {
    this.text = text;
    this.type = type;
    this.headers = headers;
  }
}

interface RouteText {
  readonly method: 'get' | 'post' | 'delete';
  /** Below `/api/v1`, as OpenAPI writes it: `/tickets/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly answer:
    | {
        readonly status: 200 | 201;
        readonly schema: z.ZodType;
        /** The media types of the `TextAnswer` that it may return instead. */
        readonly textType?: string | readonly string[];
      }
    | { readonly status: 204 };
  /** The body is any bytes, up to this many, instead of JSON. */
  readonly bytesMax?: number;
  /** The limit of a JSON body, where it is larger than usual, such as `1mb`. */
  readonly bodyMax?: string;
  /** Error codes of this route beyond those that every route can return. */
  readonly refusals?: readonly ApiErrorCode[];
}

/** A route ready to be served. Body and query are already parsed by their schemas when `handle` is called. */
export interface ApiRoute extends RouteText {
  /** `agents`: signed-in agents and programs with an API token; `pages`: signed-in agents only; `admins`: administrators. */
  readonly access: 'anyone' | 'agents' | 'pages' | 'admins';
  readonly bodySchema?: z.ZodType;
  readonly querySchema?: z.ZodType;
  /** `caller` is set unless `access` is `anyone`; its session is set when `access` is `pages` or `admins`. */
  handle(request: ApiRequest<unknown, unknown>, caller: Caller | undefined): Promise<unknown>;
}

interface Schemas<Body, Query> {
  readonly body?: z.ZodType<Body>;
  readonly query?: z.ZodType<Query>;
}

export function routeForAnyone<Body = unknown, Query = unknown>(
  text: RouteText & Schemas<Body, Query>,
  handle: (request: ApiRequest<Body, Query>) => Promise<unknown>,
): ApiRoute {
  return { ...withSchemas(text), access: 'anyone', handle: (request) => handle(request as ApiRequest<Body, Query>) };
}

export function routeForAgents<Body = unknown, Query = unknown>(
  text: RouteText & Schemas<Body, Query>,
  handle: (request: ApiRequest<Body, Query>, caller: Caller) => Promise<unknown>,
): ApiRoute {
  return forCallers('agents', text, handle);
}

export function routeForAdmins<Body = unknown, Query = unknown>(
  text: RouteText & Schemas<Body, Query>,
  handle: (request: ApiRequest<Body, Query>, caller: Caller) => Promise<unknown>,
): ApiRoute {
  return forCallers('admins', text, handle);
}

function forCallers<Body, Query>(
  access: 'agents' | 'admins',
  text: RouteText & Schemas<Body, Query>,
  handle: (request: ApiRequest<Body, Query>, caller: Caller) => Promise<unknown>,
): ApiRoute {
  return {
    ...withSchemas(text),
    access,
    async handle(request, caller) {
      if (caller === undefined) throw new Error(`${text.path} was served without a caller`);
      return handle(request as ApiRequest<Body, Query>, caller);
    },
  };
}

export function routeForPages(
  text: RouteText,
  handle: (request: ApiRequest<unknown, unknown>, agent: AgentView, session: PageSession) => Promise<unknown>,
): ApiRoute {
  return {
    ...text,
    access: 'pages',
    async handle(request, caller) {
      if (caller?.session === undefined) throw new Error(`${text.path} was served without a session`);
      return handle(request, caller.agent, caller.session);
    },
  };
}

function withSchemas({ body, query, ...text }: RouteText & Schemas<unknown, unknown>) {
  return {
    ...text,
    ...(body === undefined ? {} : { bodySchema: body }),
    ...(query === undefined ? {} : { querySchema: query }),
  };
}
