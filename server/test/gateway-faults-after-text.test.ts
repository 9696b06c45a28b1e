/** Faults of a model endpoint after the first text, and unusual streams that are complete (L11 to L35). */
import { DONE, delta, event, finishes, role, says, thinks, uses } from '@firstword/testing/completion-events';
import type { ResponseScript, ResponseStep } from '@firstword/testing/scripted-endpoint';
import { describe, expect, test } from 'vitest';
import type { Finish } from '../src/gateway/chat-call.ts';
import type { GatewayLimits } from '../src/gateway/gateway-limits.ts';
import {
  askBoth,
  askFirst,
  first,
  GIANT,
  IMPATIENT,
  ignoredChunks,
  recordedAs,
  repeat,
  rows,
  second,
  startEndpointsForEachTest,
  stream,
} from './gateway-two-endpoints.ts';

startEndpointsForEachTest();

/** The first endpoint fails after a text: the text is kept, the call is not retried, and no other model is asked. */
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
  { id: 'L18', behaviour: 'an end inside an event', next: ['data: {"choices":[{"del'], code: 'cut-off' },
  { id: 'L20', behaviour: 'broken JSON', next: ['data: {"cho\n\n', says(' and a hole')], code: 'malformed' },
  { id: 'L26', behaviour: 'a cut tool call', next: [delta({ tool_calls: [{ index: 0 }] })], code: 'cut-off' },
  { id: 'L29', behaviour: 'an event of 5 MB', next: [GIANT], code: 'too-large' },
  { id: 'L29', behaviour: 'more than 32 kB of text', next: repeat(5, says('y'.repeat(8_000))), code: 'too-large' },
  { id: 'L26', behaviour: 'an unknown finish reason', next: [finishes('abort'), DONE], code: 'upstream-error' },
];

describe('after the first text', () => {
  for (const { id, behaviour, next, code, limits = {} } of LATE_FAULTS) {
    test(`${id} ${behaviour} keeps the text so far and asks no other model`, async () => {
      first.play(stream(role, says('Your order '), ...next));
      const { text, failure } = await askBoth({ limits });
      expect(text.startsWith('Your order ')).toBe(true);
      expect(text).not.toContain('hole');
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(32 * 1024);
      expect(failure).toMatchObject({ code, visible: true, modelId: 'model-at-first' });
      expect(recordedAs()).toEqual([`first: ${code}`]);
      expect(rows[0]).toMatchObject({ ttftMs: expect.any(Number), usage: { estimated: true } });
      expect([first.requests.length, second.requests.length]).toEqual([1, 0]);
    });
  }
});

/** Unusual but valid streams: the answer is complete. */
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
    behaviour: 'the data of one event may have several lines',
    script: stream('data: {"choices":\ndata: [{"delta":{"content":"Yes."}}]}\n\n', finishes(), DONE),
  },
  {
    id: 'L34',
    behaviour: 'nothing is read after the first [DONE]',
    script: stream(says('Yes.'), finishes(), DONE, says('GHOST'), DONE),
  },
  {
    id: 'L34',
    behaviour: 'text after a finish reason belongs to the answer',
    script: stream(says('Ye'), finishes(), says('s.'), finishes(), DONE),
  },
  { id: 'L18', behaviour: '[DONE] without a finish reason ends an answer', script: stream(says('Yes.'), DONE) },
  {
    id: 'L26',
    behaviour: 'a tool call after the text ends an answer',
    script: stream(says('Yes.'), delta({ tool_calls: [{ index: 0 }] }), finishes('tool_calls'), DONE),
  },
];

describe('an unusual stream that is complete', () => {
  for (const { id, behaviour, script, text = 'Yes.', finish = 'complete', limits = {} } of ODDITIES) {
    test(`${id} ${behaviour}`, async () => {
      first.play(script);
      expect(await askBoth({ limits })).toMatchObject({ text, finish });
      expect(recordedAs()).toEqual(['first: done']);
      if (id === 'L22') expect(rows[0]?.usage).toEqual({ promptTokens: 7, completionTokens: 2, estimated: false });
      if (id === 'L23') expect(ignoredChunks).toBe(1);
    });
  }

  test('L35 a missing usage is estimated and marked as estimated', async () => {
    first.play(stream(says('It is on its way and comes on Monday.'), finishes(), DONE));
    await askFirst();
    expect(rows[0]).toMatchObject({ usage: { promptTokens: 9, completionTokens: 10, estimated: true } });
    expect(rows[0]?.costUsd).toBeCloseTo(29e-6, 12);
  });
});
