/** Reacts to the page's lifecycle: back/forward cache, network back online, changes in another tab. */
import type { Chat } from './create-chat.ts';

/**
 * Returns a function that stops watching.
 * @param chat the current chat; another visitor gets another one
 * @param onOtherTab another tab has changed the storage under this key; null when it may have changed everything
 */
export function watchPage(chat: () => Chat, onOtherTab: (key: string | null) => void): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  // A page with an open socket cannot enter the back/forward cache.
  addEventListener('pagehide', () => chat().suspend(), { signal });
  addEventListener(
    'pageshow',
    ({ persisted }) => {
      if (!persisted) return;
      // In the cache a page receives no storage events.
      onOtherTab(null);
      chat().resume();
    },
    { signal },
  );
  addEventListener(
    'online',
    () => {
      const { kind } = chat().state.value.connection;
      if (kind === 'waiting' || kind === 'refused') chat().reconnect();
    },
    { signal },
  );
  addEventListener('storage', ({ key }) => onOtherTab(key), { signal });
  return () => ending.abort();
}
