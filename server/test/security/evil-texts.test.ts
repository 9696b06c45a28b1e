/** Everything that reads what a visitor or a model has written takes time in proportion to its length, whatever it says. */
import { toCsv } from '@firstword/shared/csv';
import type { Message } from '@firstword/shared/wire';
import { addSecurityRow } from '@firstword/testing/security-row';
import { expect, test } from 'vitest';
import { digestConversation } from '../../src/analysis/digest.ts';
import { looksLikeInjection } from '../../src/analysis/injection.ts';
import { createQuoteFinder } from '../../src/analysis/quotes.ts';
import { readAnswer } from '../../src/analysis/read-answer.ts';
import { knownLinks, withKnownLinks } from '../../src/conversation/answer-links.ts';
import { createAnswerCheck } from '../../src/conversation/check-answer.ts';
import { normalizeMarks } from '../../src/conversation/citation-marks.ts';
import { excerpt } from '../../src/conversation/excerpt.ts';
import { createInstructionReaders } from '../../src/conversation/own-instructions.ts';
import { ownInstructions } from '../../src/conversation/prompt.ts';
import { isSimpleQuestion } from '../../src/conversation/simple-question.ts';
import { cleanMarkdown } from '../../src/knowledge/clean-markdown.ts';
import { coverageOf } from '../../src/knowledge/coverage.ts';
import { findForQuestion } from '../../src/knowledge/find-for-question.ts';
import { createKnowledge } from '../../src/knowledge/knowledge.ts';
import { plainText } from '../../src/knowledge/plain-text.ts';
import { createFullMask } from '../../src/masking/mask-policy.ts';
import { createHandOffRules } from '../../src/triage/hand-off-rules.ts';
import { createMessageReader } from '../../src/triage/message-signals.ts';
import { offerReasonOf } from '../../src/triage/offer-reason.ts';
import { readVerdict } from '../../src/triage/verdict.ts';
import { createWithdrawalFinder } from '../../src/triage/withdrawal.ts';

/** What a visitor may send, in characters, and what a model may say. */
const MESSAGE = 4000;
const ANSWER = 32_000;

const ARTICLE = 'You may return an item within 30 days. Returns are free in the EU, and refunds take 5 working days.';
const knowledge = createKnowledge(
  ['returns', 'delivery', 'refunds'].map((id) => ({
    ...{ id, title: `About ${id}`, category: '', keywords: id, url: `/help/${id}` },
    body: ARTICLE.repeat(5),
  })),
);
const rules = createHandOffRules();
const readMessage = createMessageReader();
const withdrawalIn = createWithdrawalFinder();
const checkAnswer = createAnswerCheck();
const findQuote = createQuoteFinder(ARTICLE.repeat(20));
const source = { n: 1, title: 'Returns', url: '/help/returns', text: ARTICLE.repeat(20), id: 'returns' };

/** Twelve messages: four of them lie in the middle, where a digest looks for facts. */
const conversationOf = (text: string): Message[] =>
  Array.from({ length: 12 }, (_, n) => ({ seq: n + 1, id: `m${n}`, from: 'visitor', text, at: n }));

type Reader = (text: string) => unknown;
/** Each with the length that its callers allow. */
const READERS: Readonly<Record<string, readonly [length: number, read: Reader]>> = {
  'rules that hand off': [MESSAGE, (text) => rules(readMessage({ text }), { sinceResolved: 'nothing' })],
  'offer of an agent': [MESSAGE, (text) => offerReasonOf(readMessage({ text }))],
  'messages before': [
    MESSAGE,
    (text) => {
      const exchange = { question: text, answer: { text, offersAgent: true }, isFailed: false };
      return rules(readMessage({ text, last: exchange.answer, earlier: [exchange, exchange, exchange] }));
    },
  ],
  'answer before a reply': [
    ANSWER,
    (text) => rules(readMessage({ text: 'No', last: { text: `${text} helped?`, offersAgent: false } })),
  ],
  withdrawal: [MESSAGE, (text) => withdrawalIn(text, 'en')],
  search: [MESSAGE, (text) => findForQuestion(knowledge, { text, before: text, citedTitles: [] })],
  coverage: [MESSAGE, (text) => coverageOf(knowledge, text, knowledge.search(ARTICLE, 3))],
  'simple questions': [
    MESSAGE,
    (text) => isSimpleQuestion({ text, bestPassageScore: 1, otherArticleScore: 0, lastFailed: false }),
  ],
  mask: [MESSAGE, (text) => createFullMask().hide(text)],
  'signs of an injection': [MESSAGE, looksLikeInjection],
  digest: [MESSAGE, (text) => digestConversation(conversationOf(text), () => false, 4000)],
  quotes: [MESSAGE, (text) => findQuote(text)],
  'sources of quotes': [MESSAGE, (text) => createQuoteFinder(text)('returns are free')],
  verdict: [ANSWER, readVerdict],
  'marks of citations': [ANSWER, (text) => normalizeMarks(text, () => true)],
  'a cell of an export': [ANSWER, (text) => toCsv([[text]])],
  links: [ANSWER, (text) => withKnownLinks(text, knownLinks(['https://shop.example'], []))],
  'recognition of our instructions': [
    ANSWER,
    (text) => createInstructionReaders(ownInstructions('Acme'), 'a'.repeat(24))()(`${text}.`),
  ],
  'check of an answer': [ANSWER, (text) => checkAnswer(text, [source], knowledge)],
  'plain text': [ANSWER, plainText],
  excerpt: [ANSWER, excerpt],
  'Markdown of an article': [40_000, cleanMarkdown],
  'answer of an analysis': [24_000, (text) => readAnswer(`{"reading":${text}`)],
};

/** Repeated until the text is long enough. */
const EVIL = [
  '.',
  ' ',
  '\n',
  '\t \n',
  'a',
  '9',
  '@',
  'a@',
  'a.',
  '-',
  '"',
  '\\"',
  '{"a":',
  '[',
  ']',
  '[1]',
  '[1, ',
  '](',
  '![',
  '[](',
  '[](a(',
  ',',
  ', ',
  'hi, ',
  'ok. why? ',
  'why, if so, ',
  'A',
  '【1',
  '`',
  '```',
  '*',
  '#',
  '# \n',
  '> ',
  '|',
  '(',
  'http://',
  'https:\\',
  '<',
  '<https:',
  '<!--',
  '<script',
  '<script>',
  '<Tab title="',
  '{#',
  '{{',
  '{% ',
  '{/*',
  ':::',
  '[block:a]',
  '0 ',
  'DE00 ',
  'de 00\n',
  '4 - ',
  '٣',
  '๓ ',
  '+49 ',
  'ignore ',
  'system  ',
  '…',
  '“',
  '字',
  '漢字。',
  'か',
  'ก',
  'é',
  'İ',
  '👩‍👩‍👧',
  '\ud800',
  'lawyer ',
  'I will not ',
  'word. ',
  'A.B',
];

const grown = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** Of processor time, which other processes don't add to; the least of a few tries. */
async function msOf(read: Reader, text: string, tries: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < tries; n++) {
    const before = process.cpuUsage();
    await read(text);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** Four times the text may take this much more. Linear is 4, quadratic 16. */
const GROWTH_MAX = 10;
/** Below it, a difference says nothing. */
const NOISE_MS = 30;

test('readers of what others write take time in proportion to it', { timeout: 120_000 }, async ({ task }) => {
  const slow: string[] = [];
  let worst = { ms: 0, name: '' };
  for (const [name, [length, read]] of Object.entries(READERS))
    for (const unit of EVIL) {
      const whole = grown(unit, length);
      const ms = await msOf(read, whole, 2);
      if (ms > worst.ms) worst = { ms, name: `${name} of ${JSON.stringify(unit)}` };
      if (ms < NOISE_MS) continue;
      const quarter = grown(unit, length / 4);
      const again = await msOf(read, whole, 12);
      const ratio = again / (await msOf(read, quarter, 12));
      if (again > NOISE_MS && ratio > GROWTH_MAX)
        slow.push(`${name} of ${JSON.stringify(unit)}: ${ratio.toFixed(0)} times`);
    }
  expect(slow).toEqual([]);
  addSecurityRow(task, {
    id: 'S27',
    tried: `${Object.keys(READERS).length} readers × ${EVIL.length} texts of the longest allowed length, and a quarter of it`,
    result: `0 grow faster than linear; slowest ${worst.ms.toFixed(0)} ms of processor time (${worst.name})`,
  });
});

test('a hundred thousand Chinese characters can be searched for', () => {
  expect(knowledge.search('退货'.repeat(50_000), 3)).toEqual([]);
});
