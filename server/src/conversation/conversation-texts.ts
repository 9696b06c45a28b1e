/** Finds the texts that the server itself writes into a conversation in the visitor's language. */
import { languageOf } from '@firstword/shared/language';
import type { Responder } from '@firstword/shared/wire';
import { CONVERSATION_LANGUAGES, type ConversationTexts } from './conversation-languages.ts';
import { TEXTS } from './conversation-translations.ts';

/** @param locale a BCP 47 tag; an unknown language falls back to English */
export function conversationTexts(locale: string | undefined): ConversationTexts {
  const language = languageOf(locale ?? '');
  return TEXTS[CONVERSATION_LANGUAGES.find((known) => known === language) ?? 'en'];
}

/** @param locale a BCP 47 tag; an unknown language falls back to English */
export function responderLabel(locale: string | undefined, responder: Responder): string {
  return conversationTexts(locale).responders[responder];
}
