/** Counts what saved views list: one view at a time, and each at most once in a few seconds for all agents who see the same. */
import { VIEW_COUNT_MAX } from '@firstword/shared/limits';
import { type Access, may } from '@firstword/shared/permissions';
import { type SavedView, viewQuery } from '@firstword/shared/saved-view';
import type { Log } from '../lib/log.ts';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import type { TicketStore } from '../records/ticket-store.ts';
import { conversationFilterOf, ticketFilterOf } from './list-filters.ts';

export interface ViewCountParts {
  readonly tickets: Pick<TicketStore, 'count'>;
  readonly archive: Pick<ConversationArchive, 'count'>;
  readonly log: Pick<Log, 'warn'>;
  readonly now?: () => number;
}

/** Undefined: the agent's role can't read such a list, or it takes too long to count. @param siteIds where the agent has a role */
export type ViewCount = (
  view: Pick<SavedView, 'list' | 'filter'>,
  agent: Access & { readonly id: string },
  siteIds: Iterable<string>,
) => Promise<number | undefined>;

const KEEP_MS = 10_000;
/** A view that could not be counted would occupy the database again. */
const KEEP_FAILED_MS = 60_000;

export function createViewCount({ tickets, archive, log, now = Date.now }: ViewCountParts): ViewCount {
  const counts = new Map<string, { readonly count: Promise<number | undefined>; until: number }>();
  let last: Promise<unknown> = Promise.resolve();

  const countNext = (key: string, count: () => Promise<number>) => {
    const counted = last.then(count).catch((error: unknown) => {
      log.warn({ reason: String(error) }, 'counting a saved view failed');
      return undefined;
    });
    last = counted;
    const entry = { count: counted, until: Number.POSITIVE_INFINITY };
    counts.set(key, entry);
    void counted.then((value) => {
      entry.until = now() + (value === undefined ? KEEP_FAILED_MS : KEEP_MS);
    });
    return counted;
  };

  return async (view, agent, siteIds) => {
    const wanted = viewQuery(view);
    const permission = view.list === 'tickets' ? 'tickets:read' : 'conversations:read';
    const readable = [...siteIds].filter((siteId) => may(agent, permission, siteId));
    const site = wanted?.query.site;
    const asked = site === undefined ? readable : readable.filter((siteId) => siteId === site);
    if (wanted === undefined || asked.length === 0) return undefined;
    for (const [key, { until }] of counts) if (until <= now()) counts.delete(key);
    const isOwn = wanted.list === 'tickets' && wanted.query.view === 'mine';
    const key = JSON.stringify([wanted, asked.toSorted(), isOwn ? agent.id : '']);
    const known = counts.get(key);
    if (known !== undefined) return known.count;
    return countNext(key, () =>
      wanted.list === 'tickets'
        ? tickets.count(ticketFilterOf(wanted.query, { siteIds: asked, agentId: agent.id }), VIEW_COUNT_MAX)
        : archive.count(conversationFilterOf(wanted.query, { siteIds: asked, now: now() }), VIEW_COUNT_MAX),
    );
  };
}
