import { expect, test } from 'vitest';
import type { ChunkEvent } from './chat-chunk.ts';
import { createThinkingFilter, type OpensInThinking } from './thinking-filter.ts';

/** What a visitor would have in the end, from pieces of the given length. */
function shown(answer: string, { pieces = answer.length, opensInThinking = 'no' as OpensInThinking } = {}) {
  const filter = createThinkingFilter({ opensInThinking });
  const events: ChunkEvent[] = [];
  for (let at = 0; at < answer.length; at += pieces)
    events.push(...filter.apply([{ type: 'text', text: answer.slice(at, at + pieces) }]));
  events.push(...filter.end());
  let text = '';
  let seen = '';
  for (const event of events) {
    if (event.type === 'retract') text = '';
    if (event.type !== 'text') continue;
    text += event.text;
    seen += event.text;
  }
  return { text, seen, hadUnopened: filter.hadUnopenedThinking() };
}

const ANSWER = 'You have **30 days** to return an item [1].';

test.each([
  ['<think>', `<think>\nThe visitor asks.\n</think>\n\n${ANSWER}`],
  ['an empty block', `<think>\n\n</think>\n\n${ANSWER}`],
  ['capitals and attributes', `<THINK time="3">hm</Think>${ANSWER}`],
  ['<thinking>', `<thinking>hm</thinking>${ANSWER}`],
  ['<reasoning>', `<reasoning>hm</reasoning> ${ANSWER}`],
  ['<seed:think>', `<seed:think>hm</seed:think>${ANSWER}`],
  ['[THINK]', `[THINK]hm[/THINK]${ANSWER}`],
  ['◁think▷', `◁think▷hm◁/think▷${ANSWER}`],
  [
    'harmony',
    `<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>${ANSWER}<|return|>`,
  ],
  ['harmony without its first token', `<|message|>${ANSWER}<|end|>`],
  ['Gemma', `<|channel>thought\nhm<channel|>${ANSWER}`],
  ['Cohere', `<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>${ANSWER}<|END_RESPONSE|>`],
  ['two blocks', `<think>a</think>You have <think>b</think>**30 days** to return an item [1].`],
  ['a second closing tag', `<think>a</think></think>${ANSWER}`],
  ['an end token', `${ANSWER}<|im_end|>`],
  ['a frame around the answer', `<think>hm</think>\n<answer>\n${ANSWER}</answer>`],
  ['DeepSeek’s end', `${ANSWER}<｜end▁of▁sentence｜>`],
  ['Gemma’s end', `${ANSWER}<end_of_turn>`],
  ['an end of SentencePiece', `${ANSWER}</s>`],
  ['a box', `<|begin_of_box|>${ANSWER}<|end_of_box|>`],
  ['the role of ChatML', `<|im_start|>assistant\n${ANSWER}<|im_end|>`],
  ['the role of Llama', `<|start_header_id|>assistant<|end_header_id|>${ANSWER}<|eot_id|>`],
  ['a question that the model invents next', `${ANSWER}<|im_end|><|im_start|>user\nAnd then?`],
  ['the same of GLM', `${ANSWER}<|user|>\nAnd then?`],
  ['a closing tag at the end', `${ANSWER}</think>`],
])('%s is taken out, however the text is split', (_, answer) => {
  for (const pieces of [1, 2, 3, 5, 8, answer.length])
    expect(shown(answer, { pieces }), `pieces of ${pieces}`).toMatchObject({ text: ANSWER, seen: ANSWER });
});

test('thinking that never ends is no answer', () => {
  expect(shown('<think>hm, let me see').text).toBe('');
});

test('what comes before a closing tag without its opening one is taken back', () => {
  const found = shown(`The visitor asks.</think>\n\n${ANSWER}`, { pieces: 4 });
  expect(found).toMatchObject({ text: ANSWER, hadUnopened: true });
});

test('a model that opens in thinking shows nothing before its closing tag', () => {
  for (const pieces of [1, 4, 200])
    expect(shown(`hm\n</think>\n\n${ANSWER}`, { pieces, opensInThinking: 'surely' }).seen).toBe(ANSWER);
});

test('a model that opens in thinking, but did not think this time, is shown at the end', () => {
  expect(shown(ANSWER, { pieces: 3, opensInThinking: 'surely' }).text).toBe(ANSWER);
});

test.each([
  ['surely', 'shortened', ''],
  ['surely', 'complete', 'hm, the visitor'],
  ['perhaps', 'shortened', 'hm, the visitor'],
] as const)(
  'held text of a model that opens %s in thinking and ends %s is the answer %j',
  (opensInThinking, reason, text) => {
    const filter = createThinkingFilter({ opensInThinking });
    filter.apply([{ type: 'text', text: 'hm, the visitor' }]);
    const events = [...filter.apply([{ type: 'finish', reason }, { type: 'done' }]), ...filter.end()];
    expect(events.map((event) => (event.type === 'text' ? event.text : '')).join('')).toBe(text);
  },
);

test.each([
  'Use `<think>` and `</think>` in your prompt.',
  'a < b and [1] and [2](https://x.example) <b>bold</b> <th>',
  'Write <|name|> or <thing>.',
  'Put it into <answer>yes</answer>, <section> or <b>.',
  '2 < 3 <',
  '\n  an indented line',
])('%j is left alone', (answer) => {
  for (const pieces of [1, 2, answer.length]) expect(shown(answer, { pieces }).text).toBe(answer);
});

test('events without markers pass as the same array', () => {
  const filter = createThinkingFilter({ opensInThinking: 'no' });
  filter.apply([{ type: 'text', text: 'You' }]);
  const events: ChunkEvent[] = [{ type: 'text', text: ' have' }, { type: 'ignored' }];
  expect(filter.apply(events)).toBe(events);
});
