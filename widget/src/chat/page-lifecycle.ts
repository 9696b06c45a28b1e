/** Reacts to the page's lifecycle: back/forward cache, network back online, changes in another tab. */
import type { BrowserStore } from './browser-store.ts';
import type { Chat } from './create-chat.ts';

/** Returns a function that stops watching. */
export function watchPage(chat: Chat, store: BrowserStore): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  // A page with an open socket cannot enter the back/forward cache.
  addEventListener('pagehide', () => chat.suspend(), { signal });
  addEventListener('pageshow', ({ persisted }) => persisted && chat.resume(), { signal });
  addEventListener(
    'online',
    () => {
      const { kind } = chat.state.value.connection;
      if (kind === 'waiting' || kind === 'refused') chat.reconnect();
    },
    { signal },
  );
  addEventListener('storage', ({ key }) => store.owns(key) && chat.syncTabs(), { signal });
  return () => ending.abort();
}
