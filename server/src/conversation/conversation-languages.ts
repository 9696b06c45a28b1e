/** The languages in which the server itself writes into a conversation: those of the widget. */

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
