/** The conditions of the filters that both lists have, of tickets and of conversations. */
import type { TraitFilter } from '@firstword/shared/list-filter';
import { type RawBuilder, sql } from 'kysely';

type Condition = RawBuilder<boolean>;

/** Of rows of `tickets`. */
export function ticketTraits({ reason, topic, language }: Omit<TraitFilter, 'tier'>): Condition[] {
  return [
    ...(reason === undefined ? [] : [sql<boolean>`record #>> '{ticket,reason}' = ${reason}`]),
    ...(topic === undefined ? [] : [sql<boolean>`lower(record #>> '{inner,verdict,topic}') = ${topic.toLowerCase()}`]),
    ...(language === undefined ? [] : [sql<boolean>`record #>> '{ticket,language}' = ${language}`]),
  ];
}

/** Of rows of `conversations`. */
export function conversationTraits({ rated, verified, language }: TraitFilter): Condition[] {
  return [
    ...(rated === undefined ? [] : [rated === 'up' ? sql<boolean>`ratings_up > 0` : sql<boolean>`ratings_down > 0`]),
    ...(verified === undefined ? [] : [sql<boolean>`profile IS NOT NULL`]),
    ...(language === undefined ? [] : [sql<boolean>`split_part(lower(locale), '-', 1) = ${language}`]),
  ];
}

/** Of what was said in a conversation and how fast. @param id the column with its id */
export function turnTraits(
  { tier, unsupported, slow }: TraitFilter,
  id: 'conversations.id' | 'tickets.conversation_id',
) {
  const conversation = sql.ref(id);
  // `IN`, so that PostgreSQL may begin with the few that have the trait.
  return [
    ...(tier === undefined
      ? []
      : [sql<boolean>`${conversation} IN (SELECT conversation_id FROM ledger_rows WHERE body ->> 'tier' = ${tier})`]),
    ...(unsupported === undefined
      ? []
      : [sql<boolean>`${conversation} IN (SELECT conversation_id FROM messages WHERE body ? 'unsupported')`]),
    ...(slow === undefined
      ? []
      : [sql<boolean>`${conversation} IN (SELECT conversation_id FROM visits WHERE band = 'slow')`]),
  ];
}

/** Tickets whose conversation has all of these. */
export function ofTicketsConversation(conditions: readonly Condition[]): Condition[] {
  if (conditions.length === 0) return [];
  return [
    sql<boolean>`conversation_id IN (SELECT id FROM conversations WHERE erased_at IS NULL AND ${sql.join(conditions, sql` AND `)})`,
  ];
}

/** Conversations with a ticket that has all of these. */
export function ofConversationsTicket(conditions: readonly Condition[]): Condition[] {
  if (conditions.length === 0) return [];
  return [
    sql<boolean>`conversations.id IN (SELECT conversation_id FROM tickets WHERE ${sql.join(conditions, sql` AND `)})`,
  ];
}
