/** Sends the console's requests to the REST API, and reads what comes back. */
import { readFailure } from './api-failure.ts';
import type { Failure, Result } from './api-result.ts';
import { basePath } from './base-path.ts';
import type { Senders } from './knowledge-api.ts';
import { sendFile } from './send-file.ts';
import { failureTexts } from './texts/failure-texts.ts';

export interface SendersParts {
  readonly fetch: typeof fetch;
  /** Called when the server no longer accepts this browser's session. */
  readonly onSignedOut: () => void;
  readonly timeoutMs?: number;
  /** For one file. */
  readonly uploadMs?: number;
  /** Delays before the second and third attempt of an idempotent request. */
  readonly retryMs?: readonly number[];
}

export interface AllSenders extends Senders {
  /** Sends JSON and calls `onLine` with each line of the response, parsed. */
  sendForLines<Line>(
    path: string,
    body: object,
    onLine: (line: Line) => void,
    signal: AbortSignal,
  ): Promise<Result<undefined>>;
  /** Sends one file, and reports how much of it has been sent, 0 to 1. */
  upload<T>(path: string, file: Blob, onShare: (share: number) => void, signal: AbortSignal): Promise<Result<T>>;
  /** What every write carries from now on. */
  setCsrf(token: string): void;
}

const OFFLINE: Failure = { ok: false, code: 'offline', message: failureTexts.noResponse };

export function createSenders(parts: SendersParts): AllSenders {
  const { fetch, onSignedOut, timeoutMs = 10_000, uploadMs = 120_000, retryMs = [400, 1500] } = parts;
  let csrf = '';

  async function send<T>(method: string, path: string, body?: object): Promise<Result<T>> {
    try {
      const headers: Record<string, string> = { accept: 'application/json' };
      const isFile = body instanceof Blob;
      if (body !== undefined) headers['content-type'] = isFile ? 'application/octet-stream' : 'application/json';
      if (method !== 'GET' && csrf !== '') headers['x-csrf-token'] = csrf;
      const response = await fetch(`${basePath}/api/v1${path}`, {
        method,
        headers,
        credentials: 'same-origin',
        signal: AbortSignal.timeout(isFile ? uploadMs : timeoutMs),
        ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      // Not parsed by schema: the same server serves this page and the response, and zod would more than double the download.
      if (response.ok) return { ok: true, value: (text === '' ? undefined : JSON.parse(text)) as T };
      return readFailure(response.status, text);
    } catch {
      return OFFLINE;
    }
  }

  /** For reads and for idempotent writes. */
  async function sendWithRetries<T>(method: string, path: string, body?: object): Promise<Result<T>> {
    for (const waitMs of retryMs) {
      const result = await send<T>(method, path, body);
      if (result.ok || (result.code !== 'offline' && result.code !== 'unavailable')) return reportSignOut(result);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    return reportSignOut(await send<T>(method, path, body));
  }

  function reportSignOut<T>(result: Result<T>): Result<T> {
    if (!result.ok && result.code === 'signed-out') onSignedOut();
    return result;
  }

  return {
    send: async <T>(method: string, path: string, body?: object) => reportSignOut(await send<T>(method, path, body)),
    sendWithRetries,
    setCsrf(token) {
      csrf = token;
    },
    async upload<T>(path: string, file: Blob, onShare: (share: number) => void, signal: AbortSignal) {
      const headers = { accept: 'application/json', 'content-type': 'application/octet-stream', 'x-csrf-token': csrf };
      const response = await sendFile(`${basePath}/api/v1${path}`, {
        ...{ file, headers, onShare, signal },
        timeoutMs: uploadMs,
      });
      if (response === undefined) return OFFLINE;
      const { status, text } = response;
      if (status !== 200) return reportSignOut(readFailure(status, text));
      return { ok: true, value: JSON.parse(text) as T }; // not checked, as in `send`
    },
    async sendForLines<Line>(path: string, body: object, onLine: (line: Line) => void, signal: AbortSignal) {
      try {
        const response = await fetch(`${basePath}/api/v1${path}`, {
          method: 'POST',
          headers: { accept: 'application/x-ndjson', 'content-type': 'application/json', 'x-csrf-token': csrf },
          credentials: 'same-origin',
          signal,
          body: JSON.stringify(body),
        });
        if (!response.ok) return reportSignOut(readFailure(response.status, await response.text()));
        for await (const line of linesOf(response)) onLine(JSON.parse(line) as Line); // not checked, as in `send`
        return { ok: true, value: undefined };
      } catch {
        return OFFLINE;
      }
    },
  };
}

async function* linesOf({ body }: Response): AsyncGenerator<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
    const lines = (rest + read.value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
