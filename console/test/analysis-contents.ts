/** Contents of scripted analyses: one with every part, and a plain one. */
import type { AnalysisRun } from '@firstword/shared/analysis';

type Content = NonNullable<AnalysisRun['content']>;

export const doubleCharge: Content = {
  reading: {
    summary:
      'The visitor paid for one desk and sees the amount twice on the card. The second amount may still be a reservation, but the visitor writes that both are booked.',
    visitorGoal: 'Get the second payment back and know when it arrives.',
    category: 'double payment',
    alternatives: ['reservation'],
    urgency: 'high',
    urgencyReason: 'rent is due on Friday',
    sentiment: 'negative',
    trend: 'worsening',
    language: 'en',
  },
  hypotheses: [
    {
      statement: 'Both amounts were collected, so one of them is a double payment.',
      confidence: 0.84,
      status: 'likely',
      evidence: ['e1', 'e2'],
    },
    {
      statement: 'The second line is a reservation that disappears by itself.',
      confidence: 0.34,
      status: 'possible',
      evidence: ['e3', 'e4'],
    },
    { statement: 'Someone else used the card.', confidence: 0.05, status: 'ruled-out', evidence: [] },
  ],
  evidence: [
    {
      id: 'e1',
      kind: 'message',
      sourceId: '3',
      quote: 'Both lines say booked, not pending',
      found: true,
      start: 0,
      end: 34,
    },
    {
      id: 'e2',
      kind: 'article',
      sourceId: 'payment-problems',
      quote: 'A double payment is refunded within 3 working days.',
      found: true,
    },
    {
      id: 'e3',
      kind: 'article',
      sourceId: 'payment-problems',
      quote: 'a first reservation may still be on your account',
      found: true,
    },
    { id: 'e4', kind: 'message', sourceId: '1', quote: 'the bank told me it is only reserved', found: false },
  ],
  missingInfo: [
    { question: 'Which order number do the two lines carry?', why: 'Without it the payments cannot be matched.' },
    { question: 'A screenshot of both lines', why: 'The article on payments asks for it.' },
  ],
  policy: [
    {
      articleId: 'payment-problems',
      title: 'My payment does not go through',
      url: '/help/payment-problems',
      passageId: 'p-12',
    },
    { articleId: 'refunds', title: 'When you get your money back', url: '/help/refunds', passageId: 'p-31' },
  ],
  reply: {
    text: 'I am sorry that the desk was charged twice. If both amounts are booked, we refund the second one within 3 working days. As an apology we add a voucher of €20. Please send me your order number and a screenshot of both lines, and I start the refund today.',
    language: 'en',
    sentences: [
      { text: 'I am sorry that the desk was charged twice.', citations: ['e1'], supported: true },
      {
        text: 'If both amounts are booked, we refund the second one within 3 working days.',
        citations: ['e2'],
        supported: true,
      },
      {
        text: 'As an apology we add a voucher of €20.',
        citations: [],
        supported: false,
        why: 'No article promises a voucher.',
      },
      {
        text: 'Please send me your order number and a screenshot of both lines, and I start the refund today.',
        citations: ['e2'],
        supported: true,
      },
    ],
  },
  nextActions: [
    { type: 'check_payments', parameters: { order: 'to be asked' }, risk: 'low' },
    { type: 'refund_payment', parameters: { amount_eur: 489 }, risk: 'high' },
  ],
  confidence: { value: 0.66, band: 'medium', reasons: ['The bank lines were not seen yet.'] },
  flags: ['masked'],
  dropped: ['a quote that isn’t in any source'],
  alreadySaid: 'A payment that is tried again may leave a first reservation, which disappears within 7 days.',
};

export const plain = (summary: string, goal: string, reply: string, category: string): Content => ({
  ...doubleCharge,
  reading: {
    ...doubleCharge.reading,
    summary,
    visitorGoal: goal,
    category,
    urgency: 'normal',
    urgencyReason: '',
    sentiment: 'neutral',
    trend: 'steady',
  },
  hypotheses: [],
  evidence: [],
  missingInfo: [],
  policy: [],
  nextActions: [],
  flags: [],
  dropped: [],
  alreadySaid: '',
  reply: { text: reply, language: 'en', sentences: [{ text: reply, citations: ['e1'], supported: true }] },
  confidence: { value: 0.9, band: 'high', reasons: ['The article answers this directly.'] },
});
