/** The languages in which the server itself writes into a conversation, those of the widget, and what it writes in each. */
import type { Responder } from '@firstword/shared/wire';

/** ISO 639-1. */
export const CONVERSATION_LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'pt',
  'it',
  'nl',
  'pl',
  'tr',
  'ja',
  'zh',
  'ar',
  'he',
] as const;

export interface ConversationTexts {
  /** No model could answer. */
  readonly answerFailed: string;
  /** The endpoint's content filter ended the answer. */
  readonly answerFiltered: string;
  /** The conversation is handed off to an agent. */
  readonly agentWillReply: string;
  /** The assistant has answered, and an agent follows up on a complex question. */
  readonly agentWillInvestigate: string;
  /** The visitor has written that no agent is needed any more. */
  readonly agentCancelled: string;
  /** The budget is used up, and no more tickets may be opened for the visitor's address. */
  readonly limitReached: string;
  /** The visitor asks for an agent again and again; `{minutes}` is when they can ask next. */
  readonly agentLimit: string;
  /** The ticket is resolved; the widget asks for a rating below. */
  readonly ticketResolved: string;
  /** Who answers next, as a label for the widget's card. */
  readonly responders: Readonly<Record<Responder, string>>;
}
