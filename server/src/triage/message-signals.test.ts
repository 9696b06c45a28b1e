import { expect, test } from 'vitest';
import { createMessageReader } from './message-signals.ts';
import { offerReasonOf } from './offer-reason.ts';

const readMessage = createMessageReader();
const answer = { text: 'You have 30 days [1].', offersAgent: false };
const exchange = (question: string) => ({ question, answer, isFailed: false });

test('a question that is asked again gets the offer of an agent, and the answers before it do not count as rejected', () => {
  const question = 'How do I return a lamp?';
  const signals = readMessage({ text: question, last: answer, earlier: [exchange(question), exchange(question)] });
  expect(signals.unhelpful()).toBe(0);
  expect(signals.isRepeated()).toBe(true);
  expect(offerReasonOf(signals)).toBe('not-helped');
});

test('each answer that the next message rejects counts, up to two', () => {
  const rejections = ['That did not help', 'No', 'It still does not work'].map(exchange);
  const signals = readMessage({ text: 'No', last: answer, earlier: rejections });
  expect(signals.unhelpful()).toBe(2);
  expect(readMessage({ text: 'How much is a desk?', last: answer, earlier: rejections }).unhelpful()).toBe(0);
});

test('a bare no, displeasure and a report about the account each get the offer of an agent', () => {
  const reasonOf = (text: string) => offerReasonOf(readMessage({ text, last: answer }));
  expect(reasonOf('No')).toBe('not-helped');
  expect(reasonOf('This is a terrible service, where is it?')).toBe('displeased');
  expect(reasonOf('My refund has not arrived')).toBe('account-report');
  expect(reasonOf('How much is a desk?')).toBeUndefined();
});
