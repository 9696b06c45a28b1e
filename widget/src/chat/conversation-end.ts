/** Tells whether a conversation has come to an end that the visitor may judge. Pure. */
import type { ChatState } from './chat-state.ts';

/** A name for the end, the same in every window; undefined while the conversation goes on. */
export function conversationEnd({ messages, outgoing, ended, conversationId }: ChatState): string | undefined {
  if (outgoing.length > 0) return undefined;
  const asked = messages.findLast(({ from }) => from === 'visitor');
  if (ended) return `${conversationId} ${asked?.seq ?? 0}`;
  const last = messages.findLast(({ from, notice }) => from === 'visitor' || notice === 'resolved');
  return last?.notice === 'resolved' ? last.id : undefined;
}
