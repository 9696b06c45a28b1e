/** Keys that only earlier versions write: what they hold is moved or deleted. */
import { conversationKey } from './conversation-keys.ts';
import { escapePattern } from './escape-pattern.ts';
import { type FormerUsageKey, readFormerUsageKey } from './former-usage-keys.ts';

export interface FormerKeys {
  /** Hash: agent's id → account, as versions before PostgreSQL stored it. */
  agentAccounts(): string;
  /** Hash: e-mail → agent's id, of those versions. */
  agentEmails(): string;
  /** A one-time link with which an agent sets a password, of those versions. */
  agentLink(tokenHash: string): string;
  /** A pattern that matches every one-time link. */
  allAgentLinks(): string;
  /** Hash: token's hash → the program it belongs to, of those versions. */
  apiTokens(): string;
  /** Hash: a ticket as it is now. */
  ticket(conversationId: string, ticketId: string): string;
  /** `events` and `notes` are lists; `effects` (idempotency key → action) and `runs` (run id → run) are hashes. */
  ticketPart(conversationId: string, ticketId: string, part: 'events' | 'effects' | 'runs' | 'notes'): string;
  /** Which part of a ticket a key holds, `ticket` for the record itself; undefined for a key of something else. */
  ticketPartOf(key: string): string | undefined;
  /** Hash: what a ticket's analyses used and cost, of versions before PostgreSQL. */
  ticketCost(ticketId: string): string;
  /** Stream of a conversation's last ledger rows, of versions before PostgreSQL. */
  conversationCalls(conversationId: string): string;
  /** What a key holds of the use of an installation, as versions before PostgreSQL stored it; undefined for other keys. */
  formerUsageOf(key: string): FormerUsageKey | undefined;
  /** Sorted set: the running turns of all conversations, as versions before 2026-11-30 stored it. */
  formerRunningTurns(): string;
  /** A pattern that every key of every conversation matches, in every format; some other keys match, too. */
  allTagged(): string;
  /** The name that a key of a conversation has now; up to format 3 the hash tag was the conversation's id. */
  currentName(key: string): string;
}

export function createFormerKeys(prefix: string): FormerKeys {
  const ofConversation = (conversationId: string, part: string) => conversationKey(prefix, conversationId, part);
  return {
    agentAccounts: () => `${prefix}:{agents}:accounts`,
    agentEmails: () => `${prefix}:{agents}:emails`,
    agentLink: (tokenHash) => `${prefix}:{agents}:link:${tokenHash}`,
    allAgentLinks: () => `${escapePattern(prefix)}:{agents}:link:*`,
    apiTokens: () => `${prefix}:api-tokens`,
    ticket: (conversationId, ticketId) => ofConversation(conversationId, `ticket:${ticketId}`),
    ticketPart: (conversationId, ticketId, part) => ofConversation(conversationId, `ticket:${ticketId}:${part}`),
    ticketPartOf(key) {
      const ofPartition = key.startsWith(`${prefix}:{p`);
      const found = ofPartition ? /\{p\d+\}:c:[^:]+:ticket:[^:]+(?::(\w+))?$/.exec(key) : null;
      return found === null ? undefined : (found[1] ?? 'ticket');
    },
    ticketCost: (ticketId) => `${prefix}:{ticket:${ticketId}}:cost`,
    conversationCalls: (conversationId) => ofConversation(conversationId, 'calls'),
    formerUsageOf: (key) =>
      key.startsWith(`${prefix}:{`) ? readFormerUsageKey(key.slice(prefix.length + 1)) : undefined,
    formerRunningTurns: () => `${prefix}:turns:running`,
    allTagged: () => `${escapePattern(prefix)}:{*}:*`,
    currentName(key) {
      const [, conversationId, part] = (key.startsWith(`${prefix}:{`) && FORMAT_3.exec(key)) || [];
      return conversationId === undefined || part === undefined ? key : ofConversation(conversationId, part);
    },
  };
}

/** Other tags have other parts: `{agents}`, `{mails}`, `{tickets}`, `{ledger}`, and those of costs contain a colon. */
const FORMAT_3 =
  /:\{([^}:]+)\}:((?:head|log|sends|files|ratings|identity|calls|cost(?::counted)?)$|(?:turn|ticket):.+)$/;
