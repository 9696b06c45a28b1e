/** Kinds and bounds of test cases. Free of imports, so that browsers can import it. */

/** `not-covered`: an answer that says the articles don't cover the question. `agent`: a ticket is opened. */
export const ANSWER_KINDS = ['answered', 'not-covered', 'agent'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

/** Of a site, the newest ones: more are neither listed nor evaluated. */
export const CASES_MAX = 1000;
/** For each list of a case that is written by hand. */
export const FACTS_MAX = 10;
/** The visitor's messages of one case, the last of which is the question. */
export const CASE_MESSAGES_MAX = 10;
/** Of each of them. */
export const CASE_MESSAGE_MAX_CHARS = 4000;

/** The id of the case of a visitor's message. */
export const caseIdOf = (conversationId: string, seq: number): string => `${conversationId}.${seq}`;
