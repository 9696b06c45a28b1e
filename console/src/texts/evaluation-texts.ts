/** Texts of evaluations and test cases on the Knowledge page. Pure. */
import type { CaseKind } from '@firstword/shared/evaluation-case';
import type { JudgedCase } from '@firstword/shared/judged-case';
import type { CaseSet, ResultFilter } from '../evaluation-view.ts';
import { countText } from '../numbers.ts';
import { countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

const english = {
  title: 'Evaluation',
  hint: 'The assistant answers the test cases with the site’s articles, guidance and models. Visitors see nothing of it.',
  notRead: 'The evaluations couldn’t be loaded.',
  resultsNotRead: 'The results couldn’t be loaded.',
  noCases: 'There are no test cases to run. Add one above.',
  noModel: 'No model can be asked for this site. Connect an endpoint first.',
  none: 'No evaluation has been run yet. Its results will appear here.',
  set: 'Test cases to run',
  sets: {
    all: 'All',
    failed: 'Failed in the run below',
    conversations: 'From conversations',
    written: 'Written by hand',
  } satisfies Record<CaseSet, string>,
  setSize: (name: string, cases: number) => `${name} (${countText(cases)})`,
  estimate: (usd: string, cases: number) =>
    `${countOf(cases, 'test case', 'test cases')}. It costs at most about ${usd}.`,
  pricesUnknown:
    'Some prices aren’t known: unknown input counts like output, and a model without any price like your most expensive one.',
  mayEndEarly: 'That is more than the limit, so the evaluation may end before all test cases are run.',
  start: 'Start evaluation',
  conflict: 'Another evaluation of this site is running. It is shown below.',
  progress: (done: number, total: number) => `${countText(done)} of ${countOf(total, 'test case', 'test cases')}`,
  passed: (passed: number, judged: number) => `${countText(passed)} of ${countText(judged)} passed`,
  ttft: (p50: string, p95: string) => `TTFT p50 ${p50}, p95 ${p95}`,
  download: 'Download CSV',
  show: 'Show',
  filters: {
    all: 'All',
    failed: 'Failed',
    'newly-failing': 'Newly failing',
    'newly-passing': 'Newly passing',
  } satisfies Record<ResultFilter, string>,
  results: 'Results',
  noResults: 'No test cases to show.',
  pass: 'Passed',
  fail: 'Failed',
  faults: {
    failed: 'No model answered.',
    kind: (is: string, expected: string) => `The outcome is “${is}”, expected “${expected}”.`,
    'not-said': (text: string) => `The answer doesn’t say “${text}”.`,
    said: (text: string) => `The answer says “${text}”.`,
    'not-cited': (article: string) => `The answer doesn’t cite “${article}”.`,
  },
  outcomes: {
    answered: 'Answered',
    'not-covered': 'Not covered by the articles',
    agent: 'Passed to an agent',
    failed: 'No answer',
    any: 'Any',
  } satisfies Record<JudgedCase['kind'] | CaseKind, string>,
  answer: 'Answer',
  answerOf: (question: string) => `Answer to “${question}”`,
  earlier: 'Earlier messages',
  found: 'Articles found',
  cited: (title: string) => `${title} (cited)`,
  nothingFound: 'None',
  unsupported: 'Not supported by the articles',

  addCase: 'Add test case',
  messages: 'Messages of the visitor',
  messagesHint: 'One on each line. The answer to the last one is checked.',
  facts: 'The answer says',
  factsHint: 'One text on each line. Case and spacing don’t matter.',
  absent: 'The answer doesn’t say',
  absentHint: 'One text on each line.',
  cites: 'The answer cites',
  citesHint: 'The ID of an article on each line.',
  outcome: 'Outcome',

  addMessage: 'Add to test cases',
  addNamed: (message: string) => `Add to test cases, ${message}`,
  addMessageHint:
    'Evaluations check what the assistant answers to this message. E-mail addresses, phone and card numbers in the messages are hidden.',
  known: (by: string) => `This message is already a test case, saved by ${by}. You can replace it.`,
  replaceCase: 'Replace test case',
  added: 'Added to test cases.',
  replaced: 'Test case replaced.',
  addingUndone: 'Removed from test cases.',
  replacingUndone: 'The earlier test case is back.',
  notUndone: (reason: string) => `Couldn’t undo that: ${reason}`,
} as const;
export type EvaluationTexts = Texts<typeof english>;
export const evaluationTexts = translated<EvaluationTexts>('evaluation', english);

export function faultSentence(found: JudgedCase['faults'][number], kind: JudgedCase['kind']): string {
  const { faults, outcomes } = evaluationTexts;
  if (found.fault === 'failed') return faults.failed;
  if (found.fault === 'kind') return faults.kind(outcomes[kind], outcomes[found.expected]);
  if (found.fault === 'not-cited') return faults['not-cited'](found.article);
  return faults[found.fault](found.text);
}
