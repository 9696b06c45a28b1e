/** What the API needs from conversations: read one, and send an agent's reply. */
import type { Rating } from '@firstword/shared/feed-event';
import type { Message } from '@firstword/shared/wire';
import type { Snapshot } from '../store/conversation-outcomes.ts';

export interface AgentReply {
  readonly conversationId: string;
  /** Repeating a reply with the same id and text has no second effect. */
  readonly id: string;
  readonly text: string;
  readonly agent: { readonly name: string };
}

export type ReplyOutcome =
  | { readonly kind: 'stored'; readonly seq: number; readonly message: Message }
  /** The same reply was stored before. */
  | { readonly kind: 'known'; readonly seq: number; readonly message: Message }
  /** Another text was stored with this id. */
  | { readonly kind: 'conflict' };

export interface ConversationPort {
  reply(reply: AgentReply): Promise<ReplyOutcome>;
  /** The last `limit` messages and the responder, read atomically. */
  snapshot(conversationId: string, limit: number): Promise<Snapshot>;
  ratings(conversationId: string): Promise<Rating[]>;
}
