/** What a model endpoint can do wrong (L01 to L38 of the guarantees), and what the gateway makes of it. */
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { DONE, delta, event, finishes, role, says, thinks, uses } from '@firstword/testing/completion-events';
import {
  answers,
  ENDPOINT_KEY,
  type ResponseScript,
  type ResponseStep,
  type ScriptedEndpoint,
  startScriptedEndpoint,
} from '@firstword/testing/scripted-endpoint';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallRow, Finish, Gateway } from '../src/gateway/chat-call.ts';
import { createGateway, type GatewayAlarm } from '../src/gateway/gateway.ts';
import { GatewayError } from '../src/gateway/gateway-error.ts';
import type { GatewayLimits } from '../src/gateway/gateway-limits.ts';
import { type Breaker, createBreaker } from '../src/routing/breaker.ts';
import type { Endpoint, RoutedModel } from '../src/routing/route.ts';

/** Nothing that is on time on a busy machine comes too late. */
const LIMITS: Partial<GatewayLimits> = {
  headersMs: 3_000,
  firstTokenMs: 3_000,
  idleMs: 3_000,
  usageWaitMs: 3_000,
  budgetMs: 3_000,
  retryMs: 10,
};

/** For the rows that wait for a deadline, so that the whole table takes seconds; the defaults are the real ones. */
const IMPATIENT: Partial<GatewayLimits> = {
  headersMs: 400,
  firstTokenMs: 400,
  idleMs: 200,
  reasoningMs: 800,
  usageWaitMs: 80,
  budgetMs: 1_500,
};

const POLL = { timeout: 10_000, interval: 5 };

/** What an impatient call may take in all on a busy machine: well below the default deadlines. */
const IMPATIENT_LIMIT_MS = 2_500;

interface Outcome {
  readonly text: string;
  readonly finish?: Finish;
  readonly failure?: GatewayError;
  readonly ms: number;
}

let first: ScriptedEndpoint;
let second: ScriptedEndpoint;
let breaker: Breaker;
let breakerMs: number;
let rows: CallRow[];
let alarms: GatewayAlarm[];
let ignoredChunks: number;
let gateways: Gateway[];

beforeEach(async () => {
  first = await startScriptedEndpoint();
  second = await startScriptedEndpoint();
  second.play(answers('From the second.'));
  breakerMs = 0;
  breaker = createBreaker({ failures: 5, windowMs: 30_000, probeEveryMs: 10_000, now: () => breakerMs });
  rows = [];
  alarms = [];
  ignoredChunks = 0;
  gateways = [];
});

afterEach(async () => {
  expect.soft(inspect({ rows, alarms }, { depth: 12 }), 'the key shows nowhere').not.toContain(ENDPOINT_KEY);
  await expect.poll(() => first.openResponses() + second.openResponses(), POLL).toBe(0);
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await first.stop();
  await second.stop();
});

function modelAt(endpoint: Endpoint): RoutedModel {
  const price = { inputUsdPerMillion: 1, outputUsdPerMillion: 2 };
  return { id: `model-at-${endpoint.id}`, upstreamName: 'm', endpoint, price };
}

const firstModel = () => modelAt(first.endpoint('first'));
const secondModel = () => modelAt(second.endpoint('second'));

interface Asking {
  readonly limits?: Partial<GatewayLimits>;
  /** Called with the text so far after each piece. */
  readonly onText?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** One call through a gateway of its own, up to its end or its failure. */
async function ask(models: readonly [RoutedModel, ...RoutedModel[]], asking: Asking = {}): Promise<Outcome> {
  const { limits, onText, signal = new AbortController().signal } = asking;
  const gateway = createGateway({
    onCall: (row) => rows.push(row),
    onAlarm: (alarm) => alarms.push(alarm),
    onIgnoredChunk: () => {
      ignoredChunks += 1;
    },
    breaker,
    limits: { ...LIMITS, ...limits },
  });
  gateways.push(gateway);
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const request = {
    route: { tier: 'fast', region: 'us-east', models, maxTokens: 200, why: 'as told' },
    purpose: 'answer',
    owner: { siteId: 'demo' },
    messages: [{ role: 'user', content: 'Where is my order?' }],
  } as const;
  let text = '';
  try {
    for await (const said of gateway.stream(request, signal)) {
      if (said.type === 'end') return { text, finish: said.finish, ms: elapsed() };
      if (said.type !== 'text') continue;
      text += said.text;
      onText?.(text);
    }
    throw new Error('a stream ended without an end');
  } catch (failure) {
    expect(inspect(failure, { depth: 12 }), 'the key shows nowhere').not.toContain(ENDPOINT_KEY);
    if (failure instanceof GatewayError) return { text, failure, ms: elapsed() };
    throw failure;
  }
}

const askFirst = (asking?: Asking) => ask([firstModel()], asking);
const askBoth = (asking?: Asking) => ask([firstModel(), secondModel()], asking);
const bookedAs = () => rows.map(({ outcome, code, endpointId }) => `${endpointId}: ${code ?? outcome}`);

const status = (code: number, headers: Record<string, string> = {}, body = '{"error":{"message":"no"}}') =>
  ({ status: code, headers: { 'content-type': 'application/json', ...headers }, steps: [body] }) as const;
const stream = (...steps: readonly ResponseStep[]): ResponseScript => ({ steps });
const typed = (type: string, body: string): ResponseScript => ({ headers: { 'content-type': type }, steps: [body] });
const times = <Item>(count: number, ...items: readonly Item[]) => Array.from({ length: count }, () => items).flat();
const repeat = (count: number, ...steps: readonly ResponseStep[]) => times(count, ...steps);

/** The first endpoint fails before any text: what the call does with the second there, and what alone. */
interface EarlyFault {
  readonly id: string;
  readonly behaviour: string;
  readonly script: ResponseScript;
  readonly code: string;
  /** Requests to the first endpoint: with a second one to turn to, and alone (where alone adds anything). */
  readonly requests: readonly [number, number?];
  readonly withinMs?: number;
  readonly limits?: Partial<GatewayLimits>;
}

const GIANT = says('x'.repeat(5 * 1024 * 1024));
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
    behaviour: '429 with a long Retry-After falls back at once and waits for nobody',
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
    behaviour: 'a whole completion as JSON is no answer, because none was asked for',
    script: typed('application/json', '{"choices":[{"message":{"content":"Hi"}}]}'),
    code: 'bad-response',
    requests: [1, 1],
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
    behaviour: '[DONE] without a finish reason is no success',
    script: stream(role, DONE),
    code: 'cut-off',
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
      expect(bookedAs()).toEqual([...times(requests[0], `first: ${code}`), 'second: done']);

      const [, requestsAlone] = requests;
      if (requestsAlone === undefined) return;
      rows = [];
      breaker = createBreaker({ failures: 50, windowMs: 30_000, probeEveryMs: 10_000 });
      const alone = await askFirst({ limits });
      expect(alone).toMatchObject({ text: '', failure: { code, visible: false, modelId: 'model-at-first' } });
      expect(bookedAs()).toEqual(times(requestsAlone, `first: ${code}`));
      expect(first.requests).toHaveLength(requests[0] + requestsAlone);
    });
  }
});

/** The first endpoint fails after a text: it stays, nothing is tried again, and the second is never asked. */
interface LateFault {
  readonly id: string;
  readonly behaviour: string;
  readonly next: readonly ResponseStep[];
  readonly code: string;
  readonly limits?: Partial<GatewayLimits>;
}

const LATE_FAULTS: readonly LateFault[] = [
  { id: 'L11', behaviour: 'an error in the stream', next: [event({ error: { code: 'x' } })], code: 'upstream-error' },
  { id: 'L12', behaviour: 'an `error` event', next: ['event: error\ndata: {}\n\n'], code: 'upstream-error' },
  { id: 'L15', behaviour: 'a stall', next: ['hang'], code: 'stalled', limits: IMPATIENT },
  {
    id: 'L16',
    behaviour: 'comments and empty chunks for ever',
    next: repeat(40, ': keep-alive\n\n', delta({ content: '' }), { waitMs: 20 }),
    code: 'stalled',
    limits: IMPATIENT,
  },
  { id: 'L17', behaviour: 'a reset', next: [{ waitMs: 20 }, 'reset'], code: 'cut-off' },
  { id: 'L18', behaviour: 'an end without finish or [DONE]', next: [], code: 'cut-off' },
  { id: 'L18', behaviour: '[DONE] without a finish', next: [DONE], code: 'cut-off' },
  { id: 'L18', behaviour: 'an end inside an event', next: ['data: {"choices":[{"del'], code: 'cut-off' },
  { id: 'L20', behaviour: 'broken JSON', next: ['data: {"cho\n\n', says(' and a hole')], code: 'malformed' },
  { id: 'L26', behaviour: 'a tool call', next: [delta({ tool_calls: [{ index: 0 }] })], code: 'tool-call' },
  { id: 'L29', behaviour: 'an event of 5 MB', next: [GIANT], code: 'too-large' },
  { id: 'L29', behaviour: 'more than 32 kB of text', next: repeat(5, says('y'.repeat(8_000))), code: 'too-large' },
  { id: 'L26', behaviour: 'an unknown finish reason', next: [finishes('abort'), DONE], code: 'upstream-error' },
];

describe('after the first text', () => {
  for (const { id, behaviour, next, code, limits = {} } of LATE_FAULTS) {
    test(`${id} ${behaviour} keeps what was said and starts nothing anew`, async () => {
      first.play(stream(role, says('Your order '), ...next));
      const { text, failure } = await askBoth({ limits });
      expect(text.startsWith('Your order ')).toBe(true);
      expect(text).not.toContain('hole');
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(32 * 1024);
      expect(failure).toMatchObject({ code, visible: true, modelId: 'model-at-first' });
      expect(bookedAs()).toEqual([`first: ${code}`]);
      expect(rows[0]).toMatchObject({ ttftMs: expect.any(Number), usage: { estimated: true } });
      expect([first.requests.length, second.requests.length]).toEqual([1, 0]);
    });
  }
});

/** Odd but good: the answer is whole. */
interface Oddity {
  readonly id: string;
  readonly behaviour: string;
  readonly script: ResponseScript;
  readonly text?: string;
  readonly finish?: Finish;
  readonly limits?: Partial<GatewayLimits>;
}

const split = (text: string) => Array.from(Buffer.from(text), (byte) => Uint8Array.of(byte));
const whole = [says('Größe 漢字 👩‍🚀'), finishes(), uses(7, 3), DONE];

const ODDITIES: readonly Oddity[] = [
  { id: 'L19', behaviour: 'a finish without [DONE] is whole', script: stream(says('Yes.'), finishes()) },
  {
    id: 'L19',
    behaviour: 'a finish is whole even if the endpoint then says nothing and stays',
    script: stream(says('Yes.'), finishes(), 'hang'),
    limits: IMPATIENT,
  },
  {
    id: 'L19',
    behaviour: 'a finish is whole even if the connection breaks after it',
    script: stream(says('Yes.'), finishes(), { waitMs: 20 }, 'reset'),
  },
  {
    id: 'L21',
    behaviour: 'unknown fields and events are ignored',
    script: stream('event: ping\ndata: {}\n\n', 'retry: 5\nid: 7\nodd: 1\n\n', says('Yes.'), finishes(), DONE),
  },
  {
    id: 'L22',
    behaviour: 'a usage chunk without choices is taken as usage',
    script: stream(says('Yes.'), event({ choices: [] }), finishes(), uses(7, 2), DONE),
  },
  {
    id: 'L23',
    behaviour: 'a chunk without choices is ignored and counted',
    script: stream(event({ id: 'c' }), says('Yes.'), finishes(), DONE),
  },
  {
    id: 'L24',
    behaviour: 'a role, a null delta and a null content do no harm',
    script: stream(role, delta(null), delta({ content: null }), says('Yes.'), finishes(), DONE),
  },
  {
    id: 'L25',
    behaviour: 'thinking aloud is life: the first text may come after the first-token deadline, and alone is shown',
    script: stream(...repeat(30, thinks('hm'), { waitMs: 20 }), says('Yes.'), finishes(), DONE),
    limits: { firstTokenMs: 500 },
  },
  {
    id: 'L27',
    behaviour: 'an answer that met its token limit is whole and marked',
    script: stream(says('Yes.'), finishes('length'), DONE),
    finish: 'shortened',
  },
  {
    id: 'L28',
    behaviour: 'an answer that the content filter ended is not tried again',
    script: stream(says('Yes.'), finishes('content_filter'), DONE),
    finish: 'filtered',
  },
  {
    id: 'L28',
    behaviour: 'the content filter may end an answer before its first text',
    script: stream(role, finishes('content_filter'), DONE),
    text: '',
    finish: 'filtered',
  },
  {
    id: 'L30',
    behaviour: 'characters split at every byte stay whole',
    script: stream(...whole.flatMap(split)),
    text: 'Größe 漢字 👩‍🚀',
  },
  {
    id: 'L31',
    behaviour: 'CRLF, comments and a byte order mark are part of the format',
    script: stream(`\uFEFF: hello\r\n\r\n${whole.join(': more\n').replaceAll('\n', '\r\n')}`),
    text: 'Größe 漢字 👩‍🚀',
  },
  {
    id: 'L31',
    behaviour: 'the data of one event may stand on several lines',
    script: stream('data: {"choices":\ndata: [{"delta":{"content":"Yes."}}]}\n\n', finishes(), DONE),
  },
  {
    id: 'L34',
    behaviour: 'nothing is read after the first [DONE]',
    script: stream(says('Yes.'), finishes(), DONE, says('GHOST'), DONE),
  },
  {
    id: 'L34',
    behaviour: 'no text is taken after the finish',
    script: stream(says('Yes.'), finishes(), says('GHOST'), DONE),
  },
];

describe('an odd stream that is whole', () => {
  for (const { id, behaviour, script, text = 'Yes.', finish = 'complete', limits = {} } of ODDITIES) {
    test(`${id} ${behaviour}`, async () => {
      first.play(script);
      expect(await askBoth({ limits })).toMatchObject({ text, finish });
      expect(bookedAs()).toEqual(['first: done']);
      if (id === 'L22') expect(rows[0]?.usage).toEqual({ promptTokens: 7, completionTokens: 2, estimated: false });
      if (id === 'L23') expect(ignoredChunks).toBe(1);
    });
  }

  test('L35 a missing usage is estimated and says so', async () => {
    first.play(stream(says('It is on its way and comes on Monday.'), finishes(), DONE));
    await askFirst();
    expect(rows[0]).toMatchObject({ usage: { promptTokens: 9, completionTokens: 10, estimated: true } });
    expect(rows[0]?.costUsd).toBeCloseTo(29e-6, 12);
  });
});

describe('no connection', () => {
  async function closedPort(): Promise<Endpoint> {
    const gone = await startScriptedEndpoint();
    await gone.stop();
    return gone.endpoint('gone');
  }

  test('L01 a refused connection falls back at once and counts for the breaker', async () => {
    const gone = modelAt(await closedPort());
    const rescued = await ask([gone, secondModel()]);
    expect(rescued).toMatchObject({ text: 'From the second.', finish: 'complete' });
    expect(rescued.ms).toBeLessThan(5_000);
    expect(bookedAs()).toEqual(['gone: connect-failed', 'second: done']);
    expect(rows[0]?.usage).toMatchObject({ promptTokens: 0, completionTokens: 0 });
    for (let call = 0; call < 2; call++)
      expect(await ask([gone, { ...gone, id: 'sibling' }])).toMatchObject({ failure: { code: 'connect-failed' } });
    expect(await ask([gone])).toMatchObject({ failure: { code: 'breaker-open' } });
  });

  test('L02 a name that does not exist falls back at once', async () => {
    const nowhere = modelAt({ id: 'nowhere', baseUrl: `http://${'x'.repeat(64)}.invalid/v1` });
    const rescued = await ask([nowhere, secondModel()]);
    expect(rescued).toMatchObject({ text: 'From the second.', finish: 'complete' });
    expect(rescued.ms).toBeLessThan(5_000);
    expect(bookedAs()).toEqual(['nowhere: connect-failed', 'second: done']);
  });

  test('L03 a TLS failure is not tried again and raises an alarm', async () => {
    const wrong = modelAt({ id: 'tls', baseUrl: first.baseUrl.replace('http:', 'https:'), apiKey: ENDPOINT_KEY });
    expect(await ask([wrong])).toMatchObject({ failure: { code: 'tls-failed' } });
    expect(bookedAs()).toEqual(['tls: tls-failed']);
    expect(alarms).toMatchObject([{ code: 'tls-failed', endpointId: 'tls' }]);
    expect(await ask([wrong, secondModel()])).toMatchObject({ text: 'From the second.' });
  });
});

describe('what the endpoint asks of us', () => {
  test('L04 a refused key raises an alarm and costs no further request', async () => {
    first.play(status(401, {}, `{"error":{"message":"Incorrect API key provided: ${ENDPOINT_KEY}"}}`));
    await askFirst();
    expect(alarms).toMatchObject([{ code: 'unauthorized', endpointId: 'first' }]);
    expect(await askFirst()).toMatchObject({ failure: { code: 'breaker-open' } });
    expect(first.requests).toHaveLength(1);
  });

  test('L04 a refused key is not shown to another model of the same endpoint', async () => {
    first.play(status(401));
    const sibling = { ...firstModel(), id: 'sibling' };
    expect(await ask([firstModel(), sibling, secondModel()])).toMatchObject({ text: 'From the second.' });
    expect(first.requests).toHaveLength(1);
  });

  test('L05 a Retry-After within the budget is waited for when there is no other model', async () => {
    breaker = createBreaker({ failures: 5, windowMs: 30_000, probeEveryMs: 10_000 });
    first.play(status(429, { 'retry-after': '1' }), answers('Yes.'));
    expect(await askFirst({ limits: { budgetMs: 3_000 } })).toMatchObject({ text: 'Yes.' });
    const [early, late] = first.requests;
    expect((late?.at ?? 0) - (early?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  test('L05 with another model nobody waits, and the limited one rests as long as it asked', async () => {
    first.play(status(429, { 'retry-after': '1' }), answers('From the first.'));
    expect(await askBoth()).toMatchObject({ text: 'From the second.' });
    expect(await askBoth()).toMatchObject({ text: 'From the second.' });
    breakerMs = 1_000;
    expect(await askBoth()).toMatchObject({ text: 'From the first.' });
  });

  test('L06 a model that asked for two minutes costs no request in that time, and callers hear how long', async () => {
    first.play(status(429, { 'retry-after': '120' }));
    expect(await askFirst()).toMatchObject({ failure: { code: 'rate-limited', retryAfterMs: 120_000 } });
    breakerMs = 119_000;
    expect(await askFirst()).toMatchObject({ failure: { code: 'breaker-open', retryAfterMs: 1_000 } });
    expect(first.requests).toHaveLength(1);
  });

  test('L07 a second try of the same model may be the one that works', async () => {
    first.play(status(503), answers('Yes.'));
    expect(await askFirst()).toMatchObject({ text: 'Yes.', finish: 'complete' });
  });

  test('no call sends more than two extra requests', async () => {
    first.play(status(500));
    second.play(status(500));
    const third = { ...secondModel(), id: 'third' };
    expect(await ask([firstModel(), secondModel(), third])).toMatchObject({ failure: { code: 'upstream-error' } });
    expect(first.requests.length + second.requests.length).toBe(3);
  });

  test('no extra attempt outlives the budget', async () => {
    first.play(stream('hang'));
    second.play(stream('hang'));
    const { ms } = await askBoth({ limits: { ...IMPATIENT, budgetMs: 100 } });
    expect(ms).toBeLessThan(IMPATIENT_LIMIT_MS);
  });
});

describe('the caller goes', () => {
  test('L36 a stop closes upstream and keeps the text so far', async () => {
    first.play(stream(says('First '), 'hang'));
    const stopping = new AbortController();
    let kept = '';
    const onText = (text: string) => {
      kept = text;
      setImmediate(() => stopping.abort(new Error('stopped by the visitor')));
    };
    await expect(askBoth({ onText, signal: stopping.signal })).rejects.toThrow('stopped by the visitor');
    await first.requests[0]?.closed; // it would stay open otherwise
    expect(kept).toBe('First ');
    expect(bookedAs()).toEqual(['first: aborted']);
    expect(rows[0]).toMatchObject({ usage: { promptTokens: 9, completionTokens: 2, estimated: true } });
  });

  test('L36 a stop before any response is booked once, with its prompt, and counts for no breaker', async () => {
    first.play(stream('hang'));
    for (let call = 0; call < 6; call++)
      await expect(askFirst({ signal: AbortSignal.timeout(30) })).rejects.toThrow(/timeout/i);
    expect(bookedAs()).toEqual(times(6, 'first: aborted'));
    expect(rows[0]).toMatchObject({ usage: { promptTokens: 9, completionTokens: 0, estimated: true } });
    first.play(answers('Yes.'));
    expect(await askFirst()).toMatchObject({ text: 'Yes.' });
  });

  test('L36 a stop during the wait before another try sends nothing more', async () => {
    first.play(status(503));
    const signal = AbortSignal.timeout(100);
    await expect(askFirst({ signal, limits: { retryMs: 600 } })).rejects.toThrow(/timeout/i);
    expect(first.requests).toHaveLength(1);
  });

  test('L37 a consumer that leaves, leaves no response open upstream', async () => {
    first.play(stream(says('First '), 'hang'));
    const onText = () => {
      throw new GatewayError('closing', 'the consumer left');
    };
    await askFirst({ onText });
    await first.requests[0]?.closed;
    expect(first.openResponses()).toBe(0);
    expect(bookedAs()).toEqual(['first: aborted']);
  });
});

describe('the breaker', () => {
  const single = { limits: { extraAttempts: 0 } };

  test('L38 it opens after five failures in thirty seconds; calls then cost no request', async () => {
    first.play(status(500));
    for (let call = 0; call < 5; call++) await askFirst(single);
    expect(await askFirst(single)).toMatchObject({ failure: { code: 'breaker-open', retryAfterMs: 10_000 } });
    expect(first.requests).toHaveLength(5);
    expect(await askBoth(single)).toMatchObject({ text: 'From the second.' });
    expect(first.requests).toHaveLength(5);
  });

  test('L38 half open it lets one probe through in ten seconds, and a good one closes it', async () => {
    first.play(...times(6, status(500)), answers('Yes.'));
    for (let call = 0; call < 5; call++) await askFirst(single);
    breakerMs = 10_000;
    expect(await askFirst(single)).toMatchObject({ failure: { code: 'upstream-error' } });
    expect(await askFirst(single)).toMatchObject({ failure: { code: 'breaker-open' } });
    breakerMs = 20_000;
    expect(await askFirst(single)).toMatchObject({ text: 'Yes.' });
    expect(await askFirst(single)).toMatchObject({ text: 'Yes.' });
    expect(first.requests).toHaveLength(8);
  });

  test('L38 answers that break off after their first text count too', async () => {
    first.play(stream(says('Your '), { waitMs: 5 }, 'reset'));
    for (let call = 0; call < 5; call++) await askFirst();
    expect(await askFirst()).toMatchObject({ failure: { code: 'breaker-open' } });
  });
});
