/** Texts about model calls and their cost. */

/** Not closed sets: a newer server may send other values, which are shown unchanged. */
const purposes: Record<string, string> = {
  answer: 'Answer',
  triage: 'Triage',
  analysis: 'Analysis',
  router: 'Model API',
  writing: 'Writing help',
};
const roles: Record<string, string> = { retry: 'retry', hedge: 'hedge request' };
const outcomes: Record<string, string> = { done: 'Completed', failed: 'Failed', aborted: 'Cancelled' };
const callReasons: Record<string, string> = {
  'hedge-lost': 'another request was faster',
  'speculation-dropped': 'handed off to an agent',
  'asked-early': 'early request, sent before the message was saved',
  'typing-dropped': 'the visitor did not send this draft',
  stopped: 'stopped by the visitor',
  superseded: 'the visitor sent another message',
};

export const callTexts = {
  purposes,
  roles,
  outcomes,
  callReasons,
  priceUnknown: 'price unknown',
  about: (amount: string) => `about ${amount}`,
  atLeast: (amount: string) => `at least ${amount}`,
  conversationCost: (amount: string) => `Conversation cost: ${amount}`,
  ticketCost: (amount: string) => `Analysis cost: ${amount}`,
  ttft: (time: string) => `TTFT ${time}`,
  masked: (count: number) => `${count} ${count === 1 ? 'value' : 'values'} masked`,
  notAnsweredByModel: 'Not written by a model',
  whyThisModel: 'Why this model',
  modelCalls: 'Model calls',
  callsOfTurn: 'Model calls for this answer',
  everyCall: (count: number) => `All calls (${count})`,
  columns: {
    purpose: 'Purpose',
    model: 'Model',
    region: 'Region',
    ttft: 'TTFT',
    total: 'Duration',
    cost: 'Cost',
    outcome: 'Outcome',
  },
} as const;
