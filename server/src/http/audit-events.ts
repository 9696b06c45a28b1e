/** What the audit log says of reads, searches, knowledge and many tickets at once: the same words, whichever route it was. */
import { type Access, rolesAsText, type SiteRoles } from '@firstword/shared/permissions';
import type { BulkAction } from '@firstword/shared/ticket-requests';
import { allowsTheSame, rolesBehind } from '../agents/program-access.ts';
import type { Program } from '../records/api-token-store.ts';
import type { AuditEvent } from '../records/audit-log.ts';

/** Who and from where is added by the caller. */
export type Recorded = Omit<AuditEvent, 'actor' | 'address'>;

export const agentTarget = ({ id, name }: { id: string; name: string }) => ({ kind: 'agent', id, name });

export const accessValues = ({ roles }: Access) => ({ roles: rolesAsText(roles) });

export const tokenTarget = ({ id, name }: { id: string; name: string }) => ({ kind: 'token', id, name });

/**
 * What the new roles of an agent change for the API tokens which that agent made.
 * @param after undefined when the agent is deactivated or removed, with which the tokens end
 */
export function tokensFollowed(
  tokens: readonly Program[],
  maker: { readonly id: string; readonly roles: SiteRoles },
  after: SiteRoles | undefined,
): Recorded[] {
  return tokens
    .filter(({ accountId }) => accountId === maker.id)
    .flatMap((token): Recorded[] => {
      const target = tokenTarget(token);
      if (after === undefined) return [{ action: 'token-removed', target }];
      const former = { ...token, makerRoles: maker.roles };
      const next = { ...token, makerRoles: after };
      if (allowsTheSame(former, next)) return [];
      const valuesOf = (state: typeof former) => accessValues({ roles: rolesBehind(state) });
      return [{ action: 'token-changed', target, before: valuesOf(former), after: valuesOf(next) }];
    });
}

export const visitorTarget = ({ visitors }: { visitors: readonly { visitorId: string }[] }) => ({
  kind: 'visitor',
  id: visitors.map(({ visitorId }) => visitorId).join(' '),
});

/** Reading on, and lists that refresh by themselves, are one entry an hour. */
export function conversationRead(readerId: string, { id, siteId }: { id: string; siteId: string }): Recorded {
  return {
    action: 'conversation-read',
    target: { kind: 'conversation', id },
    siteId,
    oncePerHour: `${readerId} ${id}`,
  };
}

export interface Search {
  /** As typed: administrators see what was looked for. At most 200 characters, by the routes' schemas. */
  readonly text: string;
  readonly siteId?: string | undefined;
}

type SearchPlace = 'conversations' | 'messages' | 'tickets' | 'everything';

export function searched(readerId: string, where: SearchPlace, search: Search): Recorded {
  const { text, siteId } = search;
  return {
    action: 'searched',
    target: { kind: where, id: where },
    ...(siteId === undefined ? {} : { siteId }),
    after: { text },
    oncePerHour: `searched ${readerId} ${where} ${siteId ?? ''} ${text}`,
  };
}

export interface KnowledgeChange {
  /** Absent: it is not known. */
  readonly siteId?: string;
  /** What was done: `rolled back`. */
  readonly change: string;
  readonly target: NonNullable<AuditEvent['target']>;
  readonly before?: AuditEvent['before'];
  readonly after?: AuditEvent['after'];
}

export function knowledgeChanged({ siteId, change, target, before, after }: KnowledgeChange): Recorded {
  return {
    action: 'knowledge-changed',
    target,
    ...(siteId === undefined ? {} : { siteId }),
    ...(before === undefined ? {} : { before }),
    after: { change, ...after },
  };
}

export function articleChanged(siteId: string, change: string, article: { id: string; title?: string }): Recorded {
  const { id, title } = article;
  return knowledgeChanged({
    siteId,
    change,
    target: { kind: 'article', id, ...(title === undefined ? {} : { name: title }) },
  });
}

/** One entry for each site: each ticket's history has its own part. */
export function ticketsChanged(
  action: BulkAction,
  tickets: readonly { readonly siteId: string; readonly number: number }[],
  idempotencyKey: string,
): Recorded[] {
  return [...new Set(tickets.map(({ siteId }) => siteId))].map((siteId) => {
    const numbers = tickets.filter((ticket) => ticket.siteId === siteId).map(({ number }) => `#${number}`);
    return {
      action: 'tickets-changed',
      siteId,
      after: { change: action, count: numbers.length, tickets: numbers },
      oncePerHour: `${action} ${siteId} ${idempotencyKey}`,
    };
  });
}
