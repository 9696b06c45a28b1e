/** An agent's browser for API tests, with cookie and CSRF token. */
import { randomUUID } from 'node:crypto';
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { Ticket } from '@firstword/shared/ticket';

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

export interface Page {
  /** That of the session, as `name=value`. */
  readonly cookie: () => string;
  readonly csrf: () => string;
  request<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string | undefined>,
  ): Promise<Answer<Body>>;
  act(ticket: Ticket, action: string, body?: object): Promise<Answer<TicketDetail>>;
}

export function createPage(url: string, origin: string): Page {
  const jar = new Map<string, string>();
  const session = () => [...jar].find(([name]) => name.endsWith('firstword-agent'))?.join('=') ?? '';
  let csrf = '';
  const request: Page['request'] = async <Body>(
    method: string,
    path: string,
    body?: unknown,
    changes: Record<string, string | undefined> = {},
  ) => {
    const headers = {
      ...(method === 'GET' ? {} : { origin, 'x-csrf-token': csrf }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      cookie: [...jar].map((pair) => pair.join('=')).join('; '),
      ...changes,
    };
    const response = await fetch(`${url}${path}`, {
      method,
      headers: Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
      jar.set(name, value);
    }
    const text = await response.text();
    const answer = text === '' ? {} : JSON.parse(text);
    if (typeof answer.csrf === 'string') csrf = answer.csrf;
    return { status: response.status, body: answer as Body, headers: response.headers };
  };
  return {
    cookie: session,
    csrf: () => csrf,
    request,
    act: (ticket, action, body = {}) =>
      request('POST', `/tickets/${ticket.id}/${action}`, {
        expectedVersion: ticket.version,
        idempotencyKey: randomUUID(),
        ...body,
      }),
  };
}
