import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChunkEvent } from './chat-chunk.ts';
import { createChunkReader } from './chunk-reader.ts';

const MAX_EVENT_CHARS = 4096;

function read(bytes: Uint8Array, cuts: readonly number[] = []): ChunkEvent[] {
  const reader = createChunkReader({ maxEventChars: MAX_EVENT_CHARS });
  const events: ChunkEvent[] = [];
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    events.push(...reader.read(bytes.subarray(from, to)));
    from = to;
  }
  return [...events, ...reader.end()];
}

const readText = (text: string) => read(Buffer.from(text));
const chunk = (delta: unknown, finish_reason: string | null = null) =>
  JSON.stringify({ choices: [{ delta, finish_reason }] });

const RECORDED = [
  ': keep-alive\n\n',
  `data: ${chunk({ role: 'assistant', content: '' })}\n\n`,
  `data: ${chunk({ content: 'Größe 漢字 👩‍🚀' })}\n\n`,
  'event: ping\ndata: {}\n\n',
  `data: ${chunk({ content: ' ok' })}\n\n`,
  `data: ${chunk({}, 'stop')}\n\n`,
  'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}\n\n',
  'data: [DONE]\n\n',
].join('');

const EXPECTED: readonly ChunkEvent[] = [
  { type: 'ignored' },
  { type: 'text', text: 'Größe 漢字 👩‍🚀' },
  { type: 'ignored' },
  { type: 'text', text: ' ok' },
  { type: 'finish', reason: 'complete' },
  { type: 'usage', promptTokens: 3, completionTokens: 2, alone: true },
  { type: 'done' },
];

/** JSON may break between its tokens, so one event can be written as several `data` lines. */
const multiLine = (text: string) => text.replaceAll('data: {"choices":[', 'data: {"choices":\ndata: [');

describe("the events don't depend on how the bytes are split", () => {
  const forms: readonly [string, string][] = [
    ['as recorded', RECORDED],
    ['with CRLF', RECORDED.replaceAll('\n', '\r\n')],
    ['with CR alone', RECORDED.replaceAll('\n', '\r')],
    ['after a byte order mark', `\uFEFF${RECORDED}`],
    ['with comments between', RECORDED.replaceAll('\n\n', '\n\n: OPENROUTER PROCESSING\n\n')],
    ['with data over several lines', multiLine(RECORDED)],
    ['without spaces after the colons', RECORDED.replaceAll('data: ', 'data:')],
    ['without the last blank line', RECORDED.trimEnd()],
  ];

  test.each(forms)('%s, split at each byte', (_name, text) => {
    const bytes = Buffer.from(text);
    expect(read(bytes)).toEqual(EXPECTED);
    for (let cut = 1; cut < bytes.length; cut++) expect(read(bytes, [cut])).toEqual(EXPECTED);
    expect(read(bytes, Array.from(bytes.keys()))).toEqual(EXPECTED);
  });

  test('any text, split anywhere', () => {
    const texts = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { maxLength: 8 });
    const cuts = fc.array(fc.nat(2000), { maxLength: 12 });
    fc.assert(
      fc.property(texts, cuts, fc.constantFrom('\n', '\r\n'), (contents, at, newline) => {
        const bytes = Buffer.from(
          contents.map((content) => `data: ${chunk({ content })}${newline}${newline}`).join(''),
        );
        const inside = [...new Set(at.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
        expect(read(bytes, inside)).toEqual(contents.map((text) => ({ type: 'text', text })));
      }),
    );
  });
});

test('no bytes make the reader throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(() => read(bytes)).not.toThrow();
    }),
  );
});

test('nothing is read after [DONE]', () => {
  const ghost = `data: ${chunk({ content: 'GHOST' })}\n\ndata: [DONE]\n\n`;
  expect(readText(`${RECORDED}${ghost}`)).toEqual(EXPECTED);
});

test('an event over the size limit ends the stream, in one piece or in many', () => {
  const text = `data: ${chunk({ content: 'x'.repeat(MAX_EVENT_CHARS) })}\n\ndata: ${chunk({ content: 'GHOST' })}\n\n`;
  expect(readText(text)).toEqual([{ type: 'too-large' }]);
  const bytes = Buffer.from(text);
  expect(
    read(
      bytes,
      Array.from({ length: 40 }, (_, n) => n * 100),
    ),
  ).toEqual([{ type: 'too-large' }]);
});

test('all data lines of an event count towards the size limit', () => {
  const line = `data: ${'x'.repeat(1000)}\n`;
  expect(readText(line.repeat(6))).toEqual([{ type: 'too-large' }]);
});

test.each([
  ['broken JSON', 'data: {"choices":[{"delta":{"content":"a"\n\n'],
  ['a content that is a number', `data: ${chunk({ content: 42 })}\n\n`],
  ['choices that are no list', 'data: {"choices":"none"}\n\n'],
])('%s is malformed, because skipping it would leave a gap in the text', (_name, text) => {
  expect(readText(text)).toEqual([{ type: 'malformed' }]);
});

test.each(['', ' ', 'ping', 'null', '{}', '[]', ': keep-alive', '{"type":"ping"}', '42'])(
  'the keep-alive `data: %s` is ignored',
  (data) => {
    const say = (content: string) => `data: ${chunk({ content })}\n\n`;
    const events = readText(`${say('a')}data: ${data}\n\n${say('b')}`);
    expect(events.filter(({ type }) => type !== 'ignored')).toEqual([
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ]);
  },
);

test.each(['completion', 'data', 'chunk', 'message'])('events may be named %s', (name) => {
  expect(readText(`event: ${name}\ndata: ${chunk({ content: 'a' })}\n\n`)).toEqual([{ type: 'text', text: 'a' }]);
});

test.each([
  ['a list of parts', [{ type: 'text', text: 'a' }]],
  ['one part', { type: 'text', text: 'a' }],
  ['parts in parts', [{ type: 'output', text: [{ text: 'a' }] }]],
  ['plain texts', ['a']],
])('content may be %s', (_name, content) => {
  expect(readText(`data: ${chunk({ content })}\n\n`)).toEqual([{ type: 'text', text: 'a' }]);
});

test('a thinking part is reasoning, and a reference is ignored', () => {
  const content = [
    { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
    { type: 'reference', reference_ids: [1] },
  ];
  expect(readText(`data: ${chunk({ content })}\n\n`)).toEqual([{ type: 'reasoning', text: 'hm' }]);
});

test.each([false, '', 0, {}, { code: 0 }, { code: 0, message: 'ok' }, { code: null, message: null }, 'null'])(
  'an `error` of %j is none',
  (error) => {
    const line = JSON.stringify({ choices: [{ delta: { content: 'a' } }], error });
    expect(readText(`data: ${line}\n\n`)).toEqual([{ type: 'text', text: 'a' }]);
  },
);

test.each([
  [{ error: { code: 'server_error', message: 'no' } }, 'server_error'],
  [{ error: 'overloaded' }, 'unnamed'],
  [{ object: 'error', message: 'no', type: 'NotFoundError', code: 404 }, '404'],
  [{ code: 1211, msg: 'model not exist' }, '1211'],
  [{ detail: 'Unauthorized' }, 'unnamed'],
])('%j is an error', (body, label) => {
  expect(readText(`data: ${JSON.stringify(body)}\n\n`)).toEqual([{ type: 'error', label }]);
  expect(readText(JSON.stringify(body))[0]).toEqual({ type: 'error', label });
});

describe('JSON instead of an event stream', () => {
  const whole = { choices: [{ message: { role: 'assistant', content: 'a' }, finish_reason: 'stop' }] };
  const read = [{ type: 'text', text: 'a' }, { type: 'finish', reason: 'complete' }, { type: 'done' }];

  test.each([
    ['a whole completion', JSON.stringify(whole)],
    ['indented', JSON.stringify(whole, null, 2)],
    ['in a list', JSON.stringify([whole])],
    [
      'one chunk a line',
      `${JSON.stringify({ choices: [{ delta: { content: 'a' } }] })}\n${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }] })}\n`,
    ],
  ])('%s is read', (_name, text) => {
    expect(readText(text)).toEqual(read);
  });

  test('a cut one is no answer', () => {
    expect(readText(JSON.stringify(whole).slice(0, -9))).toEqual([]);
  });

  test('one over the size limit is refused', () => {
    const large = { choices: [{ message: { content: 'x'.repeat(MAX_EVENT_CHARS) } }] };
    expect(readText(JSON.stringify(large))).toEqual([{ type: 'too-large' }]);
  });
});

test('an incomplete last event is ignored', () => {
  expect(readText(`data: ${chunk({ content: 'a' })}\n\ndata: {"choi`)).toEqual([{ type: 'text', text: 'a' }]);
});

test.each([
  ['in a chunk', 'data: {"error":{"message":"secret","code":"server_error"}}\n\n', 'server_error'],
  ['as an event of that name', 'event: error\ndata: {"error":{"type":"overloaded_error"}}\n\n', 'overloaded_error'],
  ['as an event with plain text', 'event: error\ndata: it broke\n\n', 'unnamed'],
  ['named by a number', 'data: {"error":{"code":502}}\n\n', '502'],
])('of an error %s only the code is kept', (_name, text, label) => {
  expect(readText(text)).toEqual([{ type: 'error', label }]);
});

test.each([
  ['stop', 'complete'],
  ['length', 'shortened'],
  ['content_filter', 'filtered'],
  ['tool_calls', 'tool-call'],
  ['insufficient_system_resource', 'failed'],
])('the finish reason %s means %s', (word, reason) => {
  expect(readText(`data: ${chunk({}, word)}\n\n`)).toEqual([{ type: 'finish', reason }]);
});

test('one chunk may contain text, finish reason and usage', () => {
  const usage = { prompt_tokens: 4, completion_tokens: 1 };
  const choices = [{ delta: { content: 'Yes' }, finish_reason: 'stop' }];
  expect(readText(`data: ${JSON.stringify({ choices, usage })}\n\n`)).toEqual([
    { type: 'text', text: 'Yes' },
    { type: 'finish', reason: 'complete' },
    { type: 'usage', promptTokens: 4, completionTokens: 1, alone: false },
  ]);
});

test("an invalid usage doesn't affect the text of its chunk", () => {
  const choices = [{ delta: { content: 'Yes' } }];
  expect(readText(`data: ${JSON.stringify({ choices, usage: { prompt_tokens: 'many' } })}\n\n`)).toEqual([
    { type: 'text', text: 'Yes' },
  ]);
});

test('both fields for reasoning are recognized', () => {
  const text = `data: ${chunk({ reasoning_content: 'hm', content: null })}\n\ndata: ${chunk({ reasoning: 'hm' })}\n\n`;
  expect(readText(text)).toEqual([
    { type: 'reasoning', text: 'hm' },
    { type: 'reasoning', text: 'hm' },
  ]);
});
