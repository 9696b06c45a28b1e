/** What an answer yields while it is generated. */
import type { Tier } from '@firstword/shared/catalog';
import type { ChatEvent } from '../gateway/chat-call.ts';
import type { HandOffDecision } from '../triage/hand-off.ts';
import type { Verdict } from '../triage/verdict.ts';
import type { AnswerSources } from './answer-sources.ts';

/**
 * Every completed answer has one `decision`, as early as it is known. `route` comes before the first text and says
 * why this model was chosen.
 */
export type AnswerEvent =
  | ChatEvent
  | { readonly type: 'route'; readonly tier: Tier; readonly why: string }
  /** What search terms of triage found, for a question in another language than the articles. */
  | ({ readonly type: 'found' } & AnswerSources)
  /** The complete answer may be cached, if the articles support it. */
  | { readonly type: 'cacheable'; readonly keep: () => void }
  | { readonly type: 'decision'; readonly decision: HandOffDecision; readonly verdict?: Verdict };
