/** Continues an anonymous visitor's conversation in the one that they have as an identified visitor. */
import type { Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import type { Log } from '../lib/log.ts';
import type { ConversationMerging, MergedConversation } from '../store/conversation-merging.ts';
import type { TieredStore } from '../store/tiered-store.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import type { Conversations } from './conversations.ts';
import type { Sink } from './sink.ts';

export interface ConversationMergeParts {
  readonly merging: ConversationMerging;
  readonly store: Pick<TieredStore, 'makeHot'>;
  readonly conversations: Pick<Conversations, 'stop'>;
  readonly tickets: Pick<Tickets, 'get' | 'open' | 'act' | 'pointerOf' | 'stored'>;
  /** Makes a sent file readable in the other conversation, too. */
  readonly copyFile: (fileId: string, from: string, to: string) => Promise<void>;
  readonly sink: Sink;
  readonly now: () => number;
  readonly log: Log;
}

/** Idempotent: after a failure at any point, another call completes it. Rejects when it could not be completed. */
export type ConversationMerge = (from: string, into: MergedConversation) => Promise<void>;

/** No visitor waits for it. */
const STORED_WITHIN_MS = 30_000;
/** A turn may begin between two attempts. */
const ATTEMPTS = 5;

export function createConversationMerge(parts: ConversationMergeParts): ConversationMerge {
  const { merging, store, conversations, tickets, copyFile, sink, now, log } = parts;

  /** A ticket that waits for an agent goes on waiting in the conversation that the visitor reads. */
  const moveTicket = async (ticketId: string, { id, siteId }: MergedConversation, messages: readonly Message[]) => {
    const ticket = await tickets.get(ticketId).catch(() => undefined);
    const asked = messages.findLast(({ from }) => from === 'visitor');
    const { openedBy, reason, urgency, firstLine, language, locale, email } = ticket ?? unknownTicket(asked);
    await tickets.open({
      ...{ siteId, conversationId: id, openedBy, reason, urgency, firstLine, language, locale, email },
      waitingSince: ticket?.waitingSince ?? asked?.at ?? now(),
      idempotencyKey: `merged-${ticketId}`,
    });
  };
  const mergeTickets = async (ticketId: string, intoConversation: string) => {
    const pointer = await tickets.pointerOf(intoConversation);
    if (pointer === undefined) return;
    // Each conversation's hand-off is stored on its own, so the first may be the later one.
    const [into] = await Promise.all([pointer.ticketId, ticketId].map((id) => tickets.stored(id, STORED_WITHIN_MS)));
    if (into === undefined) return;
    const mergedInto = { id: into.id, number: into.number };
    const request = { actor: { kind: 'system' as const }, mergedInto, reason: `#${into.number}` };
    await tickets.act(ticketId, 'merge', { ...request, idempotencyKey: `merged-${ticketId}` });
  };

  const sealed = async (from: string, into: MergedConversation) => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await merging.seal(from, into);
      if (outcome.kind !== 'running') return outcome;
      if (attempt === ATTEMPTS) throw new Error('an answer is still being written in the conversation to be merged');
      // Its text is kept, and moves with the rest.
      await conversations.stop(from, outcome.turnId);
    }
  };

  return async (from, into) => {
    await Promise.all([store.makeHot(from), store.makeHot(into.id)]);
    const outcome = await sealed(from, into);
    if (outcome.kind !== 'sealed') return;
    const { messages, openTicket } = outcome;
    for (const { file } of messages)
      if (file !== undefined)
        await copyFile(file.id, from, into.id).catch((error: unknown) =>
          log.warn({ fileId: file.id, reason: String(error) }, 'copying a file of a merged conversation failed'),
        );
    for (const message of await merging.add(into, messages)) sink(into.id, { type: 'message', message });
    if (openTicket === undefined) return;
    await moveTicket(openTicket, into, messages);
    // Needs the database, and the visitor does not wait for it. If it fails, agents have two tickets, which they can merge.
    void mergeTickets(openTicket, into.id).catch((error: unknown) =>
      log.warn({ ticketId: openTicket, reason: String(error) }, 'merging the ticket of a merged conversation failed'),
    );
  };
}

/** The database is away; the request for an agent must not wait for it. */
function unknownTicket(
  asked: Message | undefined,
): Partial<Ticket> & Pick<Ticket, 'openedBy' | 'reason' | 'urgency' | 'firstLine'> {
  return { openedBy: 'visitor', reason: 'visitor-request', urgency: 'normal', firstLine: asked?.text ?? '' };
}
