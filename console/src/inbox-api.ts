/** The REST client of what an agent does with many tickets and conversations: saved views, search, and bulk actions. */
import type { NewView, SavedViewList, ViewCounts } from '@firstword/shared/saved-view';
import type { SearchResults } from '@firstword/shared/search';
import type { BulkAction, BulkOutcome, BulkRequest } from '@firstword/shared/ticket-requests';
import type { Result } from './api-result.ts';
import type { Senders } from './knowledge-api.ts';
import { queryOf } from './list-filter.ts';

/** Which tickets an action is for. It applies only once. */
export type BulkGuard = Pick<BulkRequest<'claim'>, 'ticketIds' | 'idempotencyKey'>;
/** The agent's input to an action for many tickets. */
export type BulkChoice<A extends BulkAction> = Omit<BulkRequest<A>, keyof BulkGuard>;

export interface InboxApi {
  search(q: string): Promise<Result<SearchResults>>;
  readViews(): Promise<Result<SavedViewList>>;
  countViews(): Promise<Result<ViewCounts>>;
  saveView(view: NewView): Promise<Result<unknown>>;
  removeView(id: string): Promise<Result<unknown>>;
  /** One action for many tickets. */
  actOnMany<A extends BulkAction>(action: A, request: BulkChoice<A> & BulkGuard): Promise<Result<BulkOutcome>>;
}

export function createInboxApi({ send, sendWithRetries }: Senders): InboxApi {
  return {
    search: (q) => sendWithRetries('GET', `/search?${queryOf({ q })}`),
    readViews: () => sendWithRetries('GET', '/views'),
    // Not repeated, because the next count is due soon.
    countViews: () => send('GET', '/views/counts'),
    // Not repeated: each of them makes another view.
    saveView: (view) => send('POST', '/views', view),
    removeView: (id) => send('DELETE', `/views/${encodeURIComponent(id)}`),
    actOnMany: (action, request) => sendWithRetries('POST', `/tickets/${action}`, request),
  };
}
