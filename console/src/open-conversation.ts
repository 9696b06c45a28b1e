/** The state of a conversation that is read: its messages as far as they are loaded, and its model calls. Pure. */
import type { ConversationCalls, ConversationDetail, FoundText } from '@firstword/shared/conversation-records';
import type { Message } from '@firstword/shared/wire';
import type { Failure } from './api.ts';
import type { Span } from './marks.ts';

export interface OpenConversation {
  readonly id: string;
  readonly detail?: ConversationDetail;
  readonly calls?: ConversationCalls;
  /** Why it couldn't be loaded. */
  readonly failure?: Failure['code'];
  readonly earlier: 'ready' | 'loading' | 'failed';
  readonly refreshing: boolean;
}

export function createOpenConversation(id: string): OpenConversation {
  return { id, earlier: 'ready', refreshing: false };
}

/** Applies the newest page. What was loaded before it is kept if no message is missing between them. */
export function applyNewest(open: OpenConversation, newest: ConversationDetail): OpenConversation {
  const { failure: _, ...known } = open;
  const before = open.detail?.messages ?? [];
  const isGap = (newest.messages[0]?.seq ?? 0) > (before.at(-1)?.seq ?? 0) + 1;
  if (open.detail === undefined || isGap) return { ...known, detail: newest, refreshing: false };
  const earlier = (before[0]?.seq ?? 0) <= (newest.messages[0]?.seq ?? 0) ? open.detail.earlier : newest.earlier;
  return { ...known, detail: { ...newest, messages: merge(before, newest.messages), earlier }, refreshing: false };
}

export function applyEarlier(open: OpenConversation, page: ConversationDetail): OpenConversation {
  if (open.detail === undefined) return open;
  const messages = merge(page.messages, open.detail.messages);
  return { ...open, earlier: 'ready', detail: { ...open.detail, messages, earlier: page.earlier } };
}

/** Where the first found word is in a message. */
export function foundSpan(text: string, { excerpt, marks: [mark] }: FoundText): Span | undefined {
  if (mark === undefined) return undefined;
  const word = excerpt.slice(...mark);
  const start = text.indexOf(word);
  return start === -1 ? undefined : { start, end: start + word.length };
}

function merge(known: readonly Message[], more: readonly Message[]): Message[] {
  const bySeq = new Map([...known, ...more].map((message) => [message.seq, message]));
  return [...bySeq.values()].toSorted((one, other) => one.seq - other.seq);
}
