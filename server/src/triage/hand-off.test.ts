import { expect, test } from 'vitest';
import { DEFAULT_HAND_OFF_POLICY, decideHandOff, type HandOffQuestion } from './hand-off.ts';

const decide = (change: Partial<HandOffQuestion>) =>
  decideHandOff({
    ruleHit: undefined,
    siteRules: DEFAULT_HAND_OFF_POLICY,
    lastFailed: false,
    isFollowUp: false,
    passages: 3,
    ...change,
  });

test('a rule wins over a model that would answer', () => {
  const ruleHit = { rule: 'fraud', reason: 'policy', urgency: 'high' } as const;
  expect(decide({ ruleHit, verdict: { handling: 'answer', confidence: 1 } })).toEqual({
    handling: 'agent',
    reasons: ['rule:fraud'],
    reason: 'policy',
    urgency: 'high',
  });
});

test('without a rule the verdict decides', () => {
  for (const handling of ['answer', 'smalltalk', 'off-topic'] as const)
    expect(decide({ verdict: { handling, confidence: 0.9 } })).toEqual({
      handling,
      reasons: [`model:${handling}`],
      urgency: 'low',
    });
  expect(decide({ verdict: { handling: 'agent', confidence: 0.9 } })).toMatchObject({
    handling: 'agent',
    reason: 'visitor-request',
  });
  expect(decide({ verdict: { handling: 'complex', confidence: 0.9 } })).toMatchObject({
    handling: 'complex',
    reason: 'complex',
    urgency: 'normal',
  });
});

test('without a verdict the question is answered', () => {
  expect(decide({})).toEqual({ handling: 'answer', reasons: ['model:none'], urgency: 'low' });
});

test('a hand-off that the model is unsure of is answered instead, with the offer of an agent', () => {
  for (const handling of ['agent', 'complex'] as const)
    expect(decide({ verdict: { handling, confidence: 0.34 } })).toEqual({
      handling: 'answer',
      reasons: [`model:${handling}`, 'model:unsure'],
      offersAgent: true,
      urgency: 'low',
    });
});

test('an unhappy visitor, or one who reports about an account, is answered and offered an agent, without a ticket', () => {
  for (const offerFor of ['displeased', 'not-helped', 'account-report'] as const) {
    for (const handling of ['answer', 'smalltalk'] as const)
      expect(decide({ offerFor, verdict: { handling, confidence: 0.9 } })).toEqual({
        handling,
        reasons: [`model:${handling}`, `rule:${offerFor}`],
        offersAgent: true,
        urgency: 'low',
      });
    expect(decide({ offerFor, verdict: { handling: 'agent', confidence: 0.9 } }).offersAgent).toBeUndefined();
  }
});

test('a visitor who is unhappy after an answer is offered an agent, but not one whose first question is unhappy', () => {
  const verdict = { handling: 'answer', confidence: 0.9, sentiment: 'negative' } as const;
  expect(decide({ verdict, isFollowUp: true })).toEqual({
    handling: 'answer',
    reasons: ['model:answer', 'model:negative'],
    offersAgent: true,
    urgency: 'low',
  });
  expect(decide({ verdict }).offersAgent).toBeUndefined();
});

test('an uncertain answer is handed off when the visitor is unhappy', () => {
  expect(decide({ verdict: { handling: 'answer', confidence: 0.2, sentiment: 'negative' } })).toMatchObject({
    handling: 'complex',
    reason: 'low-confidence',
  });
  expect(decide({ verdict: { handling: 'answer', confidence: 0.2, sentiment: 'neutral' } }).handling).toBe('answer');
});

test('missing knowledge is recorded, but opens no ticket after an answer', () => {
  const ruleHit = { rule: 'no-knowledge', reason: 'missing-knowledge', urgency: 'low' } as const;
  expect(decide({ ruleHit, verdict: { handling: 'answer' }, passages: 0 })).toEqual({
    handling: 'answer',
    reasons: ['rule:no-knowledge', 'model:answer'],
    urgency: 'low',
  });
  expect(decide({ ruleHit, verdict: { handling: 'smalltalk' }, passages: 0 }).handling).toBe('smalltalk');
});

test('a site may keep complex questions with the assistant', () => {
  const siteRules = { ...DEFAULT_HAND_OFF_POLICY, complex: false };
  expect(decide({ siteRules, verdict: { handling: 'complex' } })).toEqual({
    handling: 'answer',
    reasons: ['model:complex', 'site:complex-is-answered'],
    urgency: 'low',
  });
});

test('a site may hand every unhappy visitor to an agent', () => {
  const siteRules = { ...DEFAULT_HAND_OFF_POLICY, onNegativeSentiment: true };
  expect(decide({ siteRules, verdict: { handling: 'answer', sentiment: 'negative' } })).toMatchObject({
    handling: 'agent',
    reason: 'negative-sentiment',
    urgency: 'high',
  });
});

test('an unhappy visitor after a failure gets a high urgency', () => {
  const verdict = { handling: 'complex', sentiment: 'negative' } as const;
  expect(decide({ verdict, lastFailed: true }).urgency).toBe('high');
  expect(decide({ verdict }).urgency).toBe('normal');
});
