import type { AnalysisRun } from '@firstword/shared/analysis';
import { analysisRunSchema } from '@firstword/shared/analysis';
import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';
import { evaluationCaseOf } from './evaluation-case.ts';

const message = (seq: number, from: Message['from'], text: string): Message => ({
  seq,
  id: `m${seq}`,
  from,
  text,
  at: seq * 10,
});
const asked = [message(1, 'visitor', 'I bought 2 lamps.'), message(2, 'visitor', 'When do I get my money back?')];
const PROPOSED = 'Your refund takes 14 days. We are sorry about the 2 lamps.';

function reviewed(review: AnalysisRun['review']): AnalysisRun {
  const run = {
    id: 't1-1',
    ticketId: 't1',
    number: 1,
    revision: 1,
    state: 'completed',
    trigger: 'hand-off',
    createdAt: 25,
  };
  const content = {
    reading: {
      summary: '',
      visitorGoal: '',
      category: '',
      urgency: 'normal',
      urgencyReason: '',
      sentiment: 'neutral',
      language: 'en',
    },
    ...{ hypotheses: [], evidence: [], missingInfo: [], policy: [], nextActions: [], flags: [], dropped: [] },
    reply: { text: PROPOSED, language: 'en', sentences: [] },
    confidence: { value: 0.5, band: 'medium', reasons: [] },
    alreadySaid: '',
  };
  return analysisRunSchema.parse({ ...run, content, review });
}

test('of an edited reply, the numbers that were added are facts, and those that were taken out must be absent', () => {
  const made = evaluationCaseOf(reviewed({ verdict: 'edited', finalText: 'It takes 9 days for the 2 lamps.' }), asked);
  expect(made).toEqual({
    id: 't1-1',
    conversation: ['I bought 2 lamps.', 'When do I get my money back?'],
    facts: ['/(?<![\\d.,:])9(?!\\d)/'],
    absent: ['/(?<![\\d.,:])14(?!\\d)/'],
    kind: 'any',
    note: 'edited',
  });
});

test('of a rejected reply, the reply that the agent then sent is compared', () => {
  const messages = [...asked, message(5, 'agent', 'It takes 9 days.')];
  const made = evaluationCaseOf(reviewed({ verdict: 'rejected', reason: 'wrong-facts', at: 30 }), messages);
  expect(made).toMatchObject({ facts: ['/(?<![\\d.,:])9(?!\\d)/'], note: 'rejected: wrong-facts' });
});

test('of a rejected reply without another one, its sentences must be absent', () => {
  const made = evaluationCaseOf(reviewed({ verdict: 'rejected', reason: 'wrong-tone', at: 30 }), asked);
  expect(made).toMatchObject({ facts: [], absent: ['Your refund takes 14 days.', 'We are sorry about the 2 lamps.'] });
});

test('later messages of the visitor are not part of the question', () => {
  const messages = [...asked, message(4, 'visitor', 'Thank you!')];
  const made = evaluationCaseOf(reviewed({ verdict: 'rejected', reason: 'other', at: 30 }), messages);
  expect(made?.conversation.at(-1)).toBe('When do I get my money back?');
});

test.each([{ verdict: 'approved' as const }, { verdict: 'pending' as const }])(
  'a reply that is $verdict makes no case',
  (review) => {
    expect(evaluationCaseOf(reviewed(review), asked)).toBeUndefined();
  },
);
