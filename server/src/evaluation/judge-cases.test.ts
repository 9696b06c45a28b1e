import type { JudgedCase } from '@firstword/shared/judged-case';
import { expect, test } from 'vitest';
import type { AnswerCase } from './answer-case.ts';
import { type CaseReply, judgeCases } from './judge-cases.ts';

const asked = (id: string, more: Partial<AnswerCase> = {}): AnswerCase => ({
  ...{ id, messages: ['How long?'], facts: [], absent: [], cites: [], kind: 'any' },
  ...more,
});
const reply = (more: Partial<CaseReply> = {}): CaseReply => ({
  ...{ kind: 'answered', text: 'It takes **30  days** [1].', citedIds: ['returns'], citations: [] },
  ...{ unsupported: [], found: [{ id: 'returns', title: 'Returns' }], serverTtftMs: 80 },
  ...more,
});

async function judged(cases: readonly AnswerCase[], replies: readonly (CaseReply | undefined)[]) {
  const waiting = replies.values();
  const found: JudgedCase[] = [];
  const histories: number[] = [];
  await judgeCases(cases, {
    atOnce: 1,
    async ask(_text, history) {
      histories.push(history.length);
      return waiting.next().value;
    },
    onJudged: (one) => void found.push(one),
  });
  return { found, histories };
}

test('a case passes that says its facts in any case and spacing, cites its articles and is of its kind', async () => {
  const right = asked('right', { facts: ['30 DAYS'], absent: ['60'], cites: ['returns'], kind: 'answered' });
  expect((await judged([right], [reply()])).found).toMatchObject([{ faults: [], citesRight: true, serverTtftMs: 80 }]);
});

test('each fault of an answer is named', async () => {
  const wrong = asked('wrong', { facts: ['14 days'], absent: ['/\\b30\\b/'], cites: ['fees'], kind: 'not-covered' });
  const [found] = (await judged([wrong], [reply()])).found;
  expect(found).toMatchObject({
    citesRight: false,
    faults: [
      { fault: 'kind', expected: 'not-covered' },
      { fault: 'not-said', text: '14 days' },
      { fault: 'said', text: '/\\b30\\b/' },
      { fault: 'not-cited', article: 'fees' },
    ],
  });
});

test('a case that no model answers fails, whatever it expects, and its further messages are not asked', async () => {
  const failed = reply({ kind: 'failed', text: 'no endpoint', citedIds: [] });
  const { found, histories } = await judged([asked('a', { messages: ['Hello', 'How long?'] })], [failed]);
  expect(found).toMatchObject([{ kind: 'failed', faults: [{ fault: 'failed' }], text: 'no endpoint' }]);
  expect(histories).toEqual([0]);
});

test('the last message is judged, asked after the answers to the earlier ones', async () => {
  const messages = ['Hello', 'How long?'];
  const { found, histories } = await judged(
    [asked('a', { messages, facts: ['30 days'] })],
    [reply({ text: 'Hello!' }), reply()],
  );
  expect(found).toMatchObject([{ faults: [] }]);
  expect(histories).toEqual([0, 2]);
});

test('after an error, no further case is asked', async () => {
  let questions = 0;
  const judging = judgeCases([asked('a'), asked('b'), asked('c'), asked('d'), asked('e')], {
    atOnce: 2,
    async ask() {
      questions += 1;
      if (questions === 1) throw new Error('a bug');
      return reply();
    },
    onJudged: () => {},
  });
  await expect(judging).rejects.toThrow('a bug');
  await new Promise(setImmediate); // what the other one goes on with
  expect(questions).toBeLessThanOrEqual(3);
});

test('after a message that may not be asked, no further case is judged', async () => {
  const { found } = await judged([asked('a'), asked('b'), asked('c')], [reply(), undefined, reply()]);
  expect(found.map(({ id }) => id)).toEqual(['a']);
});
