/** The state of a conversation that is read: its messages as far as they are loaded, and its model calls. Pure. */
import type { ConversationCalls, ConversationDetail, FoundText } from '@firstword/shared/conversation-records';
import type { Message } from '@firstword/shared/wire';
import type { Failure } from './api.ts';
import type { Span } from './marks.ts';
import type { RunningAnswer } from './running-answer.ts';

export interface OpenConversation {
  readonly id: string;
  readonly detail?: ConversationDetail;
  readonly calls?: ConversationCalls;
  /** Why it couldn't be loaded. */
  readonly failure?: Failure['code'];
  readonly earlier: 'ready' | 'loading' | 'failed';
  readonly refreshing: boolean;
  /** What the assistant is writing. */
  readonly answer?: RunningAnswer;
}

export function createOpenConversation(id: string): OpenConversation {
  return { id, earlier: 'ready', refreshing: false };
}

/** Applies the newest page. What was loaded before it is kept if no message is missing between them. */
export function applyNewest(open: OpenConversation, newest: ConversationDetail): OpenConversation {
  const { failure: _, ...known } = open;
  const before = open.detail?.messages ?? [];
  const isGap = (newest.messages[0]?.seq ?? 0) > (before.at(-1)?.seq ?? 0) + 1;
  if (open.detail === undefined || isGap)
    return withAnswer({ ...known, detail: newest, refreshing: false }, open.answer);
  const earlier = (before[0]?.seq ?? 0) <= (newest.messages[0]?.seq ?? 0) ? open.detail.earlier : newest.earlier;
  const conversation = withLast(newest.conversation, open.detail.messages.at(-1));
  const detail = { ...newest, conversation, messages: merge(before, newest.messages), earlier };
  return withAnswer({ ...known, detail, refreshing: false }, open.answer);
}

/** Adds a message that has just been stored; undefined when messages before it are missing, so that they must be read. */
export function applyMessage(open: OpenConversation, message: Message): OpenConversation | undefined {
  const { detail } = open;
  if (detail === undefined || message.seq > (detail.messages.at(-1)?.seq ?? 0) + 1) return undefined;
  // What is older than the loaded messages is loaded in order.
  if (message.seq < (detail.messages[0]?.seq ?? 0)) return open;
  const conversation = withLast(detail.conversation, message);
  const messages = merge(detail.messages, [message]);
  return withAnswer({ ...open, detail: { ...detail, conversation, messages } }, open.answer);
}

/** Shows what the assistant is writing; undefined: nothing. Text of another conversation, and after its message, is ignored. */
export function withAnswer(open: OpenConversation, answer: RunningAnswer | undefined): OpenConversation {
  const { answer: before, ...rest } = open;
  if (answer === undefined) return before === undefined ? open : rest;
  if (answer.conversationId !== open.id) return open;
  const isStored = open.detail?.messages.some(({ turnId }) => turnId === answer.turnId);
  return isStored ? rest : { ...open, answer };
}

/** The archive is a moment behind what is sent live. */
function withLast(conversation: ConversationDetail['conversation'], message: Message | undefined) {
  if (message === undefined || message.seq <= conversation.lastSeq) return conversation;
  return { ...conversation, lastSeq: message.seq, lastAt: message.at };
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
