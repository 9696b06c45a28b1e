/** Faults of a model endpoint before the first text (L04 to L33): which model is asked next. */
import { gzipSync } from 'node:zlib';
import { DONE, delta, event, finishes, role, says, thinks } from '@firstword/testing/completion-events';
import type { ResponseScript } from '@firstword/testing/scripted-endpoint';
import { describe, expect, test } from 'vitest';
import type { GatewayLimits } from '../src/gateway/gateway-limits.ts';
import { createBreaker } from '../src/routing/breaker.ts';
import {
  askBoth,
  askFirst,
  first,
  forgetRows,
  GIANT,
  IMPATIENT,
  IMPATIENT_LIMIT_MS,
  recordedAs,
  repeat,
  startEndpointsForEachTest,
  status,
  stream,
  times,
  typed,
  useBreaker,
} from './gateway-two-endpoints.ts';

startEndpointsForEachTest();

/** The first endpoint fails before any text: the result with a second endpoint, and without one. */
interface EarlyFault {
  readonly id: string;
  readonly behaviour: string;
  readonly script: ResponseScript;
  readonly code: string;
  /** Number of requests to the first endpoint, with a second one and, where it differs, without. */
  readonly requests: readonly [number, number?];
  readonly withinMs?: number;
  readonly limits?: Partial<GatewayLimits>;
}

const html = '<html><body>Welcome to the airport</body></html>';

const EARLY_FAULTS: readonly EarlyFault[] = [
  ...[401, 403].map((code) => ({
    id: 'L04',
    behaviour: `status ${code} is never asked again`,
    script: status(code),
    code: 'unauthorized',
    requests: [1, 1] as const,
  })),
  {
    id: 'L06',
    behaviour: '429 with a long Retry-After falls back at once',
    script: status(429, { 'retry-after': '120' }),
    code: 'rate-limited',
    requests: [1, 1],
    withinMs: IMPATIENT_LIMIT_MS,
  },
  ...[500, 502, 503, 529].map((code) => ({
    id: 'L07',
    behaviour: `status ${code} is asked twice, then the next model`,
    script: status(code),
    code: 'upstream-error',
    requests: [2, 2] as const,
  })),
  {
    id: 'L08',
    behaviour: '200 with an error as JSON is a failure like a 5xx',
    script: typed('application/json', '{"error":{"message":"no","type":"server_error"}}'),
    code: 'upstream-error',
    requests: [2, 2],
  },
  {
    id: 'L09',
    behaviour: 'a web page is no answer',
    script: typed('text/html; charset=utf-8', html),
    code: 'bad-response',
    requests: [1, 1],
  },
  {
    id: 'L09',
    behaviour: 'a cut completion as JSON is no answer',
    script: typed('application/json', '{"choices":[{"message":{"content":"Hi'),
    code: 'empty-response',
    requests: [2, 2],
  },
  { id: 'L10', behaviour: 'an empty body is a failure', script: stream(), code: 'empty-response', requests: [2, 2] },
  {
    id: 'L10',
    behaviour: 'a finish without any text is a failure',
    script: stream(role, finishes(), DONE),
    code: 'empty-response',
    requests: [2, 2],
  },
  {
    id: 'L11',
    behaviour: 'an error inside the stream before any text is tried again',
    script: stream(role, event({ error: { message: 'no', code: 'overloaded' } })),
    code: 'upstream-error',
    requests: [2, 2],
  },
  {
    id: 'L13',
    behaviour: 'no headers in time: the next model',
    script: stream('hang'),
    code: 'headers-timeout',
    requests: [1, 2],
    withinMs: IMPATIENT_LIMIT_MS,
    limits: IMPATIENT,
  },
  {
    id: 'L14',
    behaviour: 'headers and no token in time: the next model',
    script: { headersFirst: true, steps: ['hang'] },
    code: 'first-token-timeout',
    requests: [1, 2],
    withinMs: IMPATIENT_LIMIT_MS,
    limits: IMPATIENT,
  },
  {
    id: 'L16',
    behaviour: 'comments do not put off the deadline of the first token',
    script: stream(...repeat(40, ': keep-alive\n\n', { waitMs: 20 })),
    code: 'first-token-timeout',
    requests: [1],
    limits: IMPATIENT,
  },
  {
    id: 'L17',
    behaviour: 'a reset before any text is tried again',
    script: stream('reset'),
    code: 'cut-off',
    requests: [2, 2],
  },
  {
    id: 'L18',
    behaviour: '[DONE] without a finish reason and without text is no success',
    script: stream(role, DONE),
    code: 'empty-response',
    requests: [2, 2],
  },
  {
    id: 'L20',
    behaviour: 'broken JSON before any text is tried again',
    script: stream('data: {"choices":\n\n'),
    code: 'malformed',
    requests: [2, 2],
  },
  {
    id: 'L24',
    behaviour: 'a role, a null delta and a null content are no first token',
    script: stream(role, delta(null), delta({ content: null }), 'hang'),
    code: 'first-token-timeout',
    requests: [1],
    limits: IMPATIENT,
  },
  {
    id: 'L25',
    behaviour: 'thinking aloud ends at its own limit',
    script: stream(...repeat(60, thinks('hm'), { waitMs: 20 })),
    code: 'first-token-timeout',
    requests: [1],
    limits: { ...IMPATIENT, reasoningMs: 500 },
  },
  {
    id: 'L26',
    behaviour: 'a tool call is a failure, because no tool was offered',
    script: stream(delta({ tool_calls: [{ index: 0, function: { name: 'refund' } }] }), finishes('tool_calls'), DONE),
    code: 'tool-call',
    requests: [1, 1],
  },
  {
    id: 'L29',
    behaviour: 'one event of 5 MB is refused without being parsed',
    script: stream(GIANT, finishes(), DONE),
    code: 'too-large',
    requests: [1, 1],
  },
  {
    id: 'L32',
    behaviour: 'a compressed stream is refused',
    script: { headers: { 'content-encoding': 'gzip' }, steps: [gzipSync(says('Hello'))] },
    code: 'bad-response',
    requests: [1, 1],
  },
  ...[302, 307].map((code) => ({
    id: 'L33',
    behaviour: `a redirect (${code}) is never followed`,
    script: status(code, { location: '/elsewhere' }),
    code: 'redirected',
    requests: [1, 1] as const,
  })),
];

describe('before the first text', () => {
  for (const { id, behaviour, script, code, requests, withinMs = 5_000, limits = {} } of EARLY_FAULTS) {
    test(`${id} ${behaviour}`, async () => {
      first.play(script);
      const rescued = await askBoth({ limits });
      expect(rescued).toMatchObject({ text: 'From the second.', finish: 'complete' });
      expect(rescued.ms).toBeLessThan(withinMs);
      expect(recordedAs()).toEqual([...times(requests[0], `first: ${code}`), 'second: done']);

      const [, requestsAlone] = requests;
      if (requestsAlone === undefined) return;
      forgetRows();
      useBreaker(createBreaker({ failures: 50, windowMs: 30_000, probeEveryMs: 10_000 }));
      const alone = await askFirst({ limits });
      expect(alone).toMatchObject({ text: '', failure: { code, visible: false, modelId: 'model-at-first' } });
      expect(recordedAs()).toEqual(times(requestsAlone, `first: ${code}`));
      expect(first.requests).toHaveLength(requests[0] + requestsAlone);
    });
  }
});
