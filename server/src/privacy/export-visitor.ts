/** Collects everything that is stored of one visitor. */
import type { ExportedConversation, VisitorExport } from '@firstword/shared/visitor-data';
import type { ConversationArchive, ConversationExport } from '../records/conversation-archive.ts';
import type { LedgerRow } from '../records/ledger-row.ts';
import type { TicketStore } from '../records/ticket-store.ts';
import type { UsageStore } from '../records/usage-store.ts';
import type { VisitorTraces } from '../store/visitor-traces.ts';
import type { Subject } from './find-visitor.ts';

export interface ExportOptions {
  /** Also agents' notes and analyses, which are not for the visitor's own page. */
  readonly internal: boolean;
}

export type ExportVisitor = (subject: Subject, options: ExportOptions) => Promise<VisitorExport>;

export interface ExportVisitorParts {
  readonly traces: Pick<VisitorTraces, 'sessionsOf'>;
  readonly archive: Pick<ConversationArchive, 'exportVisitor' | 'find'>;
  readonly tickets: Pick<TicketStore, 'ofConversation' | 'events' | 'notes' | 'runs'>;
  readonly usage: Pick<UsageStore, 'callsOf'>;
  readonly viewOfCall: (row: LedgerRow) => ExportedConversation['calls'][number];
  readonly now?: () => number;
}

/** More than a conversation has. */
const CALLS_MAX = 10_000;
const MESSAGES_MAX = 100_000;

export function createExportVisitor(parts: ExportVisitorParts): ExportVisitor {
  const { traces, archive, tickets, usage, viewOfCall, now = Date.now } = parts;

  const ticketsOf = async (conversationId: string, { internal }: ExportOptions) =>
    Promise.all(
      (await tickets.ofConversation(conversationId)).map(async (ticket) => ({
        ticket,
        events: await tickets.events(ticket.id),
        notes: internal ? await tickets.notes(ticket.id) : [],
        analyses: internal ? (await tickets.runs(ticket.id)).map(({ run }) => run) : [],
      })),
    );

  const complete = async (
    { detail, messages }: ConversationExport,
    options: ExportOptions,
  ): Promise<ExportedConversation> => {
    const { id } = detail.conversation;
    return {
      ...detail,
      messages: [...messages],
      files: messages.flatMap(({ file }) => file ?? []),
      calls: (await usage.callsOf(id, CALLS_MAX)).map(viewOfCall),
      tickets: await ticketsOf(id, options),
    };
  };

  return async ({ visitors, conversations: found }, options) => {
    const conversations = new Map<string, ExportedConversation>();
    for (const { siteId, visitorId } of visitors)
      for await (const each of archive.exportVisitor(siteId, visitorId))
        conversations.set(each.detail.conversation.id, await complete(each, options));
    // A form that no message follows has no visitor.
    for (const { conversationId, siteId } of found) {
      if (conversations.has(conversationId)) continue;
      const archived = await archive.find(conversationId, [siteId], { limit: MESSAGES_MAX });
      if (archived === undefined) continue;
      const { messages, earlier: _, ...detail } = archived;
      conversations.set(conversationId, await complete({ detail, messages }, options));
    }
    const sessions = await Promise.all(visitors.map(({ siteId, visitorId }) => traces.sessionsOf(siteId, visitorId)));
    return {
      exportedAt: now(),
      visitors: [...visitors],
      sessions: sessions
        .flat()
        .map(({ session: { siteId, startedAt, identified } }) => ({ siteId, startedAt, identified })),
      conversations: [...conversations.values()],
    };
  };
}
