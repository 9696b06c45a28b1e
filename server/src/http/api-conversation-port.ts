/** What the API needs of a conversation: to read it, and to say something in an agent's name. */
import type { Message } from '@firstword/shared/wire';
import type { Snapshot } from '../store/conversation-outcomes.ts';

export interface AgentReply {
  readonly conversationId: string;
  /** The same id with the same text has one effect. */
  readonly id: string;
  readonly text: string;
  readonly agent: { readonly name: string };
}

export type ReplyOutcome =
  | { readonly kind: 'stored'; readonly seq: number; readonly message: Message }
  /** This very reply was stored before. */
  | { readonly kind: 'known'; readonly seq: number; readonly message: Message }
  /** Another text was stored under this id. */
  | { readonly kind: 'conflict' };

export interface ConversationPort {
  reply(reply: AgentReply): Promise<ReplyOutcome>;
  /** The last `limit` messages and who may speak, as of one moment. */
  snapshot(conversationId: string, limit: number): Promise<Snapshot>;
}
