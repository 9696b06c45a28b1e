/** Canned replies in the browser: the list, its changes, and the text of one for the open ticket. */
import type { CannedReply, CannedReplyBody, CannedReplyList } from '@firstword/shared/canned-reply';
import type { TicketDetail } from '@firstword/shared/console-wire';
import { fillVariables } from '@firstword/shared/reply-variables';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Result } from './api-result.ts';
import { failureOf } from './failure-of.ts';
import type { Senders } from './knowledge-api.ts';
import { createResource, type Resource } from './resource.ts';

export interface CannedReplies {
  readonly list: Resource<object, CannedReplyList>;
  /** The last failed change. */
  readonly failure: ReadonlySignal<string | undefined>;
  /** The reply that was deleted last, which can be undone. */
  readonly removed: ReadonlySignal<CannedReply | undefined>;
  /** Reads the list where it is not known yet. */
  find(id: string): Promise<CannedReply | undefined>;
  /** Without an id, it is added. Resolves with whether the server accepted it. */
  save(id: string | undefined, body: CannedReplyBody): Promise<boolean>;
  remove(reply: CannedReply): Promise<void>;
  undoRemove(): Promise<void>;
  /** Forgets what can be undone and the failure, when the page is left. */
  leave(): void;
}

export interface CannedReplyApi {
  read(): Promise<Result<CannedReplyList>>;
  save(id: string | undefined, body: CannedReplyBody): Promise<Result<CannedReply>>;
  remove(id: string): Promise<Result<unknown>>;
}

export function createCannedReplyApi({ send, sendWithRetries }: Senders): CannedReplyApi {
  const pathOf = (id: string) => `/canned-replies/${encodeURIComponent(id)}`;
  return {
    read: () => sendWithRetries('GET', '/canned-replies'),
    save: (id, body) =>
      id === undefined ? send('POST', '/canned-replies', body) : sendWithRetries('POST', pathOf(id), body),
    remove: (id) => send('DELETE', pathOf(id)),
  };
}

export function createCannedReplies(api: CannedReplyApi): CannedReplies {
  const failure = signal<string | undefined>(undefined);
  const removed = signal<CannedReply | undefined>(undefined);
  const list = createResource<object, CannedReplyList>({}, api.read);
  const settle = async (request: Promise<Result<unknown>>) => {
    const result = await request;
    failure.value = failureOf(result);
    if (result.ok) await list.load();
    return result.ok;
  };
  const leave = () => {
    removed.value = undefined;
    failure.value = undefined;
  };
  return {
    list,
    failure,
    removed,
    leave,
    async find(id) {
      if (list.response.value === undefined) await list.load();
      return list.response.value?.replies.find((reply) => reply.id === id);
    },
    async save(id, body) {
      removed.value = undefined;
      return settle(api.save(id, body));
    },
    async remove(reply) {
      if (await settle(api.remove(reply.id))) removed.value = reply;
    },
    async undoRemove() {
      if (removed.value === undefined) return;
      const { id: _, changedAt: __, changedBy: ___, ...body } = removed.value;
      if (await settle(api.save(undefined, body))) removed.value = undefined;
    },
  };
}

/** The text of a canned reply for the visitor of a ticket. */
export function textFor(
  { text }: CannedReply,
  { ticket, profile, preChat }: TicketDetail,
  agentName: string,
  sites: CannedReplyList['sites'],
): string {
  const name = profile?.name ?? preChat?.name;
  const email = profile?.email ?? ticket.email ?? preChat?.email;
  return fillVariables(text, {
    'agent.name': agentName,
    'site.name': sites.find(({ id }) => id === ticket.siteId)?.name ?? ticket.siteId,
    'ticket.number': String(ticket.number),
    ...(name === undefined ? {} : { 'visitor.name': name }),
    ...(email === undefined ? {} : { 'visitor.email': email }),
  });
}
