/** What goes into the conversation store and what comes out of it. */
import { regionSchema } from '@firstword/shared/region';
import type { Message, Responder, TurnEndState, TurnSnapshot } from '@firstword/shared/wire';
import { z } from 'zod';

export const askerSchema = z.object({
  siteId: z.string(),
  visitorId: z.string(),
  region: regionSchema,
  locale: z.string().optional(),
  identified: z.boolean(),
});
/** The visitor whose question a turn answers. */
export type Asker = z.infer<typeof askerSchema>;

export interface VisitorMessage {
  readonly conversationId: string;
  readonly siteId: string;
  readonly visitorId: string;
  /** Made by the client; the same id with the same text has one effect. */
  readonly id: string;
  readonly text: string;
  readonly at: number;
  /** What the assistant has said before, if the conversation has no message yet. */
  readonly opening?: Omit<Message, 'seq'> | undefined;
  /** How many earlier messages to return with the outcome; default 0. */
  readonly historyLimit?: number;
  /** `seq` of the last message sent to the client; default 0. */
  readonly knownSeq?: number;
  /** Stored with the turn, so that another process can ask again on the visitor's behalf. */
  readonly asker?: Omit<Asker, 'siteId' | 'visitorId'>;
  /** Id of the turn to begin if the assistant is to answer. */
  readonly turnId: string;
}

export type AppendOutcome =
  /** `turnId` is absent when an agent answers; `superseded` is the turn that was running before. */
  | {
      readonly kind: 'stored';
      readonly seq: number;
      readonly turnId?: string;
      readonly superseded?: string;
      /** Earlier messages, oldest first, at most `historyLimit`. */
      readonly history: Message[];
    }
  /** The same send was stored before. */
  | { readonly kind: 'known'; readonly seq: number; readonly turnId?: string }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'closed' }
  /** The stored conversation ends before the client's last message. */
  | { readonly kind: 'gone' };

export type SayOutcome =
  | { readonly kind: 'stored'; readonly message: Message }
  /** The same message was stored before. */
  | { readonly kind: 'known'; readonly message: Message }
  /** Another text was stored under this id. */
  | { readonly kind: 'conflict' };

export type EndOutcome =
  | { readonly kind: 'done'; readonly state: TurnEndState; readonly seq?: number }
  /** It had ended before. */
  | { readonly kind: 'ended'; readonly state: TurnEndState; readonly seq?: number }
  /** Its lease has not expired yet. */
  | { readonly kind: 'alive' }
  /** It never began. */
  | { readonly kind: 'unknown' };

export interface Snapshot {
  readonly lastSeq: number;
  readonly responder: Responder;
  readonly ticketId?: string;
  readonly messages: Message[];
  readonly turn?: TurnSnapshot;
}

/** A conversation without its messages. */
export interface ConversationHead {
  readonly lastSeq: number;
  readonly responder: Responder;
  readonly ticketId?: string;
  /** The running turn. */
  readonly turn?: Pick<TurnSnapshot, 'turnId' | 'messageSeq'>;
}

export interface TurnRecord {
  readonly state: TurnSnapshot['state'];
  readonly messageSeq: number;
  /** The first of several messages that it answers together. */
  readonly firstSeq?: number;
  readonly seq?: number;
  /** Why this model answered; set when the turn ends. */
  readonly why?: string;
}
