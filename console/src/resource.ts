/** The response to a query, fetched from the server on request. A late response to an earlier request is dropped. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Result } from './api-result.ts';

export interface Resource<Query, Response> {
  readonly query: ReadonlySignal<Query>;
  /** Kept until the next successful response. */
  readonly response: ReadonlySignal<Response | undefined>;
  readonly busy: ReadonlySignal<boolean>;
  readonly failed: ReadonlySignal<boolean>;
  load(change?: Partial<Query>): Promise<void>;
  /** Sets a response that came from another request. */
  set(response: Response): void;
  /** Forgets the response, and one that is still on its way. */
  clear(): void;
}

export function createResource<Query extends object, Response>(
  first: Query,
  read: (query: Query) => Promise<Result<Response>>,
): Resource<Query, Response> {
  const query = signal(first);
  const response = signal<Response | undefined>(undefined);
  const busy = signal(false);
  const failed = signal(false);
  let requests = 0;

  const settle = (result: Result<Response>) => {
    busy.value = false;
    failed.value = !result.ok;
    if (result.ok) response.value = result.value;
  };
  return {
    query,
    response,
    busy,
    failed,
    async load(change = {}) {
      requests += 1;
      const request = requests;
      query.value = { ...query.value, ...change };
      busy.value = true;
      const result = await read(query.value);
      if (request === requests) settle(result);
    },
    set(value) {
      requests += 1;
      settle({ ok: true, value });
    },
    clear() {
      requests += 1;
      response.value = undefined;
      busy.value = false;
      failed.value = false;
    },
  };
}
