import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';
import { estimateTokens } from '../gateway/token-usage.ts';
import { digestConversation } from './digest.ts';

const none = () => false;

function conversation(turns: number, text: (turn: number, from: string) => string): Message[] {
  return [...Array(turns * 2)].map((_, index) => {
    const from = index % 2 === 0 ? 'visitor' : 'assistant';
    return { seq: index + 1, id: `m${index}`, from, at: 0, text: text(Math.floor(index / 2) + 1, from) };
  });
}

test('a short conversation stays as it is', () => {
  const messages = conversation(3, (turn, from) => `Turn ${turn} of the ${from}.`);
  const { messages: kept, omitted } = digestConversation(messages, none, 4000);
  expect(kept.map(({ text }) => text)).toEqual(messages.map(({ text }) => text));
  expect(omitted).toBe(0);
});

test('sixty turns fit the budget, with both ends complete and every fact in its original wording', () => {
  const chatter = 'I would like to say again how unhappy this makes me, and that nobody has helped so far. '.repeat(4);
  const fact = (turn: number) => `My order is 2024-${7000 + turn}, paid on 3 May.`;
  const messages = conversation(60, (turn, from) =>
    turn % 5 === 0 && from === 'visitor' ? chatter + fact(turn) + chatter : chatter,
  );
  const { messages: kept, omitted } = digestConversation(messages, none, 4000);
  const text = kept.map((message) => message.text).join('\n');
  expect(estimateTokens(text)).toBeLessThanOrEqual(4000);
  for (let turn = 5; turn <= 60; turn += 5) expect(text).toContain(fact(turn));
  for (const whole of [...messages.slice(0, 2), ...messages.slice(-6)])
    expect(kept).toContainEqual({ seq: whole.seq, from: whole.from, text: whole.text });
  expect(omitted).toBeGreaterThan(30);
  expect(kept.map(({ seq }) => seq)).toEqual(kept.map(({ seq }) => seq).sort((one, other) => one - other));
});

test('facts beyond four times the budget are left out, oldest first', () => {
  const messages = conversation(60, (turn) => `Line ${turn}: ${'4711 '.repeat(200)}`);
  const { messages: kept, omitted } = digestConversation(messages, none, 1000);
  const [first, second, third] = kept;
  expect([first?.seq, second?.seq, third?.seq]).toEqual([1, 2, 121 - (kept.length - 2)]);
  expect(kept.length).toBe(8 + Math.floor(4000 / (estimateTokens(third?.text ?? '') + 14)));
  expect(kept.length + omitted).toBe(120);
});

test('a message that quotes an article is kept even without a number', () => {
  const messages = conversation(40, (turn) =>
    turn === 12 ? 'Opened packages cannot be returned.' : 'Well. '.repeat(40),
  );
  const { messages: kept } = digestConversation(messages, (text) => text.includes('cannot be returned'), 300);
  expect(kept.filter(({ text }) => text.includes('cannot be returned'))).toHaveLength(2);
});

test('amounts and addresses are not split at their full stops', () => {
  const messages = conversation(10, (turn) =>
    turn === 4 ? 'So it goes. You took EUR 12.50 from visitor@mail.example. Well.' : 'Well. '.repeat(40),
  );
  const { messages: kept } = digestConversation(messages, none, 100);
  expect(kept.find(({ seq }) => seq === 7)?.text).toBe('… You took EUR 12.50 from visitor@mail.example. …');
});
