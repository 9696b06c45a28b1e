/** Tells the chat what happens around it: the page put aside and taken up again, the network back, another tab. */
import type { BrowserStore } from './browser-store.ts';
import type { Chat } from './create-chat.ts';

/** Returns what ends the watch. */
export function watchPage(chat: Chat, store: BrowserStore): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  // A page with an open socket cannot be kept for the way back, so the link is given up before the browser asks.
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
