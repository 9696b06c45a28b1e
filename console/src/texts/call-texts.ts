/** Texts about model calls and their cost. */
import { countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

/** Not closed sets: a newer server may send other values, which are shown unchanged. */
const purposes: Record<string, string> = {
  answer: 'Answer',
  triage: 'Triage',
  analysis: 'Analysis',
  router: 'Model API',
  writing: 'Writing help',
  replay: 'Replay',
  'replay-triage': 'Triage of a replay',
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

const english = {
  purposes,
  roles,
  outcomes,
  callReasons,
  priceUnknown: 'price unknown',
  about: (amount: string) => `about ${amount}`,
  atLeast: (amount: string) => `at least ${amount}`,
  under: (amount: string) => `under ${amount}`,
  callsOfUnknownPrice: (count: number) => `${countOf(count, 'call', 'calls')} with unknown price`,
  and: (one: string, other: string) => `${one} and ${other}`,
  conversationCost: (amount: string) => `Conversation cost: ${amount}`,
  ticketCost: (amount: string) => `Analysis cost: ${amount}`,
  ttft: (time: string) => `TTFT ${time}`,
  masked: (count: number) => `${countOf(count, 'value', 'values')} masked`,
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
export type CallTexts = Texts<typeof english>;
export const callTexts = translated<CallTexts>('call', english);
