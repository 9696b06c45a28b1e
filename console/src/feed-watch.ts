/** The conversation feed, for administrators: how far its consumers are behind, and the events that were set aside. */
import type { FeedStatusView, SetAsideList, SetAsideView } from '@firstword/shared/feed-status';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Api } from './api.ts';
import { createResource, type Resource } from './resource.ts';
import { feedTexts } from './texts/feed-texts.ts';

export interface FeedWatch {
  readonly status: Resource<object, FeedStatusView>;
  readonly setAside: Resource<object, SetAsideList>;
  /** Ids of events whose request is pending. */
  readonly busy: ReadonlySignal<readonly string[]>;
  /** The result of the last request. */
  readonly outcome: ReadonlySignal<string>;
  /** Does nothing for agents who are not administrators. */
  load(): void;
  redeliver(event: SetAsideView): Promise<void>;
  discard(event: SetAsideView): Promise<void>;
}

type FeedApi = Pick<Api, 'readFeed' | 'readSetAside' | 'redeliver' | 'discardSetAside'>;

export function createFeedWatch(api: FeedApi, allowed: boolean): FeedWatch {
  const status = createResource({}, api.readFeed);
  const setAside = createResource({}, api.readSetAside);
  const busy = signal<readonly string[]>([]);
  const outcome = signal('');

  const change = async (id: string, act: () => Promise<string>) => {
    busy.value = [...busy.value, id];
    outcome.value = '';
    outcome.value = await act();
    await Promise.all([status.load(), setAside.load()]);
    busy.value = busy.value.filter((other) => other !== id);
  };

  return {
    status,
    setAside,
    busy,
    outcome,
    load() {
      if (!allowed) return;
      outcome.value = '';
      void status.load();
      void setAside.load();
    },
    redeliver: ({ id }) =>
      change(id, async () => {
        const result = await api.redeliver(id);
        if (!result.ok) return feedTexts.failed(result.message);
        return result.value.delivered ? feedTexts.delivered : feedTexts.failedAgain(result.value.reason ?? '');
      }),
    discard: ({ id }) =>
      change(id, async () => {
        const result = await api.discardSetAside(id);
        return result.ok ? feedTexts.deleted : feedTexts.failed(result.message);
      }),
  };
}
