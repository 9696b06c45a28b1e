/** Reads a stored message again as the question of a new turn. */
import type { Message } from '@firstword/shared/wire';
import type { ConversationStore } from '../store/conversation-store.ts';
import { HISTORY_MESSAGES } from './turn-start.ts';

export interface StoredQuestion {
  readonly seq: number;
  readonly text: string;
  readonly history: readonly Message[];
}

export async function readQuestion(
  store: Pick<ConversationStore, 'readAfter' | 'readBefore'>,
  conversationId: string,
  seq: number,
): Promise<StoredQuestion | undefined> {
  const [question] = await store.readAfter(conversationId, seq - 1, 1);
  const history = question && (await store.readBefore(conversationId, seq, HISTORY_MESSAGES));
  return question && history && { seq, text: question.text, history };
}
