/** The feed routes of the scripted server: as a consumer whose first redelivery fails again. */
import type { ApiError } from '@firstword/shared/console-wire';
import type { FeedStatusView, Redelivery, SetAsideList, SetAsideView } from '@firstword/shared/feed-status';

export interface ScriptedFeed {
  groups: FeedStatusView['groups'];
  setAside: SetAsideView[];
  /** Undefined for other routes. */
  answer(
    route: string,
  ): readonly [status: number, body?: FeedStatusView | SetAsideList | Redelivery | ApiError] | undefined;
}

export function createScriptedFeed(): ScriptedFeed {
  const scripted: ScriptedFeed = {
    groups: ['archive', 'console', 'reply-mail', 'tickets'].map((group) => ({
      ...{ group, lagSeconds: 0, waiting: 0, processes: 2, setAside: 0 },
    })),
    setAside: [],
    answer(route) {
      if (route === 'GET /feed') return [200, { groups: scripted.groups }];
      if (route === 'GET /feed/set-aside') return [200, { events: scripted.setAside }];
      const [, method, id, action] = /^(\w+) \/feed\/set-aside\/([^/]+)(\/redeliver)?$/.exec(route) ?? [];
      if (id === undefined) return undefined;
      const event = scripted.setAside.find((each) => each.id === id);
      if (event === undefined) return [404, { code: 'not-found', message: 'No event with this id is set aside.' }];
      const others = scripted.setAside.filter((each) => each !== event);
      if (action !== undefined && event.tries === 5) {
        scripted.setAside = [...others, { ...event, tries: 6 }];
        return [200, { delivered: false, reason: event.reason }];
      }
      scripted.setAside = others;
      return method === 'DELETE' ? [204] : [200, { delivered: true }];
    },
  };
  return scripted;
}

export function setAsideEvent(id: string, now: number): SetAsideView {
  return {
    ...{ id, group: 'archive', type: 'message', conversationId: 'c-oil', tries: 5 },
    ...{ at: now - 7_200_000, setAsideAt: now - 7_140_000 },
    reason: 'TypeError: Cannot read properties of undefined (reading ‘locale’)',
  };
}
