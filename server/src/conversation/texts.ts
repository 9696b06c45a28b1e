/** What the product itself says in a conversation, in the languages it ships. */

export interface ConversationTexts {
  /** No model could answer. */
  readonly answerFailed: string;
  /** The endpoint's content filter ended the answer. */
  readonly answerFiltered: string;
  /** The visitor is passed to a person. */
  readonly personComes: string;
}

const TEXTS: Readonly<Record<string, ConversationTexts>> = {
  en: {
    answerFailed: 'The assistant cannot answer just now. Try again, or ask for a person.',
    answerFiltered: 'The assistant cannot help with that. A person can.',
    personComes: 'A person from the team will take this up. You will see the reply here.',
  },
  de: {
    answerFailed:
      'Der Assistent kann gerade nicht antworten. Versuchen Sie es noch einmal oder fragen Sie nach einem Menschen.',
    answerFiltered: 'Dabei kann der Assistent nicht helfen. Ein Mensch kann es.',
    personComes: 'Jemand aus dem Team übernimmt das. Die Antwort erscheint hier.',
  },
  fr: {
    answerFailed: 'L’assistant ne peut pas répondre pour le moment. Réessayez ou demandez une personne.',
    answerFiltered: 'L’assistant ne peut pas aider sur ce point. Une personne le peut.',
    personComes: 'Une personne de l’équipe prend le relais. Vous verrez la réponse ici.',
  },
  es: {
    answerFailed: 'El asistente no puede responder ahora. Inténtelo de nuevo o pida hablar con una persona.',
    answerFiltered: 'El asistente no puede ayudar con eso. Una persona sí.',
    personComes: 'Una persona del equipo se encargará. Verá la respuesta aquí.',
  },
};

/** @param locale a BCP 47 tag; an unknown language reads English */
export function conversationTexts(locale: string | undefined): ConversationTexts {
  const english = TEXTS['en'] as ConversationTexts;
  return TEXTS[(locale ?? 'en').slice(0, 2).toLowerCase()] ?? english;
}
