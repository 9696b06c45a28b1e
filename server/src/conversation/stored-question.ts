/** Reads the stored messages that a turn answers again, as the question of a new turn. */
import type { ConversationStore } from '../store/conversation-store.ts';
import { type JoinedQuestion, joinQuestion } from './joined-question.ts';
import { HISTORY_MESSAGES } from './turn-start.ts';

export async function readQuestion(
  store: Pick<ConversationStore, 'readAfter' | 'readBefore'>,
  conversationId: string,
  turn: { readonly turnId: string; readonly messageSeq: number; readonly firstSeq?: number | undefined },
): Promise<JoinedQuestion | undefined> {
  const { turnId, messageSeq: seq, firstSeq } = turn;
  const [question] = await store.readAfter(conversationId, seq - 1, 1);
  const history = question && (await store.readBefore(conversationId, seq, HISTORY_MESSAGES));
  if (question === undefined || history === undefined) return undefined;
  return joinQuestion({ seq, text: question.text, history }, firstSeq === undefined ? undefined : { turnId, firstSeq });
}
