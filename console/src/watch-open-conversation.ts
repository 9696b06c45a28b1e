/** Has the conversation on the Conversations page sent live, from the messages on that the page has. */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { Live } from './live.ts';
import type { OpenConversation } from './open-conversation.ts';
import type { PageName } from './router.ts';

/** Returns what ends it. */
export function watchOpenConversation(
  live: Pick<Live, 'watchConversation'>,
  page: ReadonlySignal<PageName>,
  current: ReadonlySignal<OpenConversation | undefined>,
): () => void {
  const shown = computed(() => {
    const { id, detail } = current.value ?? {};
    return page.value === 'conversations' && detail !== undefined ? id : undefined;
  });
  const lastSeq = () => current.peek()?.detail?.messages.at(-1)?.seq ?? 0;
  return shown.subscribe((id) => live.watchConversation(id === undefined ? undefined : { id, lastSeq }));
}
