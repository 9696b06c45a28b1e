/** Recognizes a bare yes or no: to what the assistant asked (whether its answer helped, whether an agent should take over), or to nothing. Pure. */
import { createPhraseFinder } from './hand-off-phrases.ts';
import { REPLIES } from './phrases/reply.ts';
import { consistsOf } from './whole-message.ts';

/** The assistant's message before. */
export interface LastAnswer {
  readonly text: string;
  /** It asked whether an agent should take over. */
  readonly offersAgent: boolean;
}

/** `accepts-agent`: "Yes please" to the offer. `not-helped`: "No" to "Did this help?". `bare-no`: "No" where nothing was asked. */
export type Reply = 'accepts-agent' | 'not-helped' | 'bare-no';
export type ReplyReader = (text: string, last: LastAnswer | undefined) => Reply | undefined;

/** The last sentence of an answer, if it asks. Japanese often asks without a sign. */
const LAST_QUESTION = /[^.!?？؟。\n]{1,300}(?:[?？؟]|か。?)[\s\p{S}"'”»)*_]*$/u;
/** Of an answer, what its last sentence needs. */
const END_CHARS = 400;

export function createReplyReader(): ReplyReader {
  const phrases = createPhraseFinder(REPLIES);
  return (text, last) => {
    const isNo = consistsOf(phrases, 'no', text);
    if (last?.offersAgent && !isNo && consistsOf(phrases, 'yes', text)) return 'accepts-agent';
    if (!isNo) return undefined;
    const [question] = LAST_QUESTION.exec(last?.text.slice(-END_CHARS) ?? '') ?? [];
    // A no to the offer of an agent declines it, also where the offer is beside the text.
    if (question === undefined) return last?.offersAgent ? undefined : 'bare-no';
    const asksWhetherHelped = phrases.find(question).some(({ name }) => name === 'asks-whether-helped');
    return asksWhetherHelped ? 'not-helped' : undefined;
  };
}
