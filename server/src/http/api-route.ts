/** A route as data: the same table is served, guarded, described in OpenAPI and tested. */
import type { AgentView } from '@firstword/shared/agent-view';
import type { SessionView } from '@firstword/shared/sign-in';
import type { Actor } from '@firstword/shared/ticket';
import type { z } from 'zod';
import type { ClientAddress } from '../lib/client-address.ts';
import type { AuditEvent } from '../records/audit-log.ts';
import type { ApiErrorCode } from './api-refusal.ts';
import type { ApiSites } from './api-sites.ts';

export interface ApiRequest<Body, Query> {
  readonly body: Body;
  readonly query: Query;
  /** The body of a route with `bytesMax`; empty for all others. */
  readonly bytes: Uint8Array;
  /** The value of `{id}` in the path. */
  readonly id: string;
  readonly address: ClientAddress;
  /** What an earlier sign-in left in this browser. */
  readonly device: string | undefined;
  /** The browser's `User-Agent`; empty when it sends none. */
  readonly userAgent: string;
  /** Records what the caller has done, or `actor` in place of it. To be awaited before the response. */
  audit(event: Omit<AuditEvent, 'actor' | 'address'> & Partial<Pick<AuditEvent, 'actor'>>): Promise<void>;
  /** Sets or clears the cookies of a session. */
  signIn(signedIn: { readonly token: string; readonly device: string }): void;
  signOut(): void;
}

/** The session of a page whose agent is signed in. */
export interface PageSession {
  readonly token: string;
  readonly csrf: string;
  readonly secondFactor: SessionView['secondFactor'];
}

/** The authenticated caller of a route. */
export interface Caller {
  readonly agent: AgentView;
  /** Those of this server where the caller's role has the permission of the route. */
  readonly sites: ApiSites;
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

/** A response that is sent piece by piece. */
export class StreamAnswer {
  readonly pieces: AsyncIterable<string>;
  readonly type: string;
  /** Called when the client leaves before the end. */
  readonly onLeave: () => void;
  constructor(pieces: AsyncIterable<string>, type: string, onLeave: () => void) {
    this.pieces = pieces;
    this.type = type;
    this.onLeave = onLeave;
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
  readonly bodySchema?: z.ZodType;
  readonly querySchema?: z.ZodType;
  /** `caller` is set unless the route is for anyone (`route-permissions.ts`). */
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
  return { ...withSchemas(text), handle: (request) => handle(request as ApiRequest<Body, Query>) };
}

export function routeForAgents<Body = unknown, Query = unknown>(
  text: RouteText & Schemas<Body, Query>,
  handle: (request: ApiRequest<Body, Query>, caller: Caller) => Promise<unknown>,
): ApiRoute {
  return {
    ...withSchemas(text),
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
