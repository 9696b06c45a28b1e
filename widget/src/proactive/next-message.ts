/** Chooses which message is shown next on a page, and when. Pure. */
import type { ProactiveMessage } from '@firstword/shared/proactive-message';

export interface DueMessage {
  readonly message: ProactiveMessage;
  /** By the clock by which `since` counts, in milliseconds. */
  readonly at: number;
}

/**
 * The message that is due first; of several at once, the first of the list.
 * @param since when the visitor came to a page that each message is meant for, by its id; absent for another page
 */
export function nextMessage(
  messages: readonly ProactiveMessage[],
  since: ReadonlyMap<string, number>,
  mayShow: (message: ProactiveMessage) => boolean,
): DueMessage | undefined {
  let next: DueMessage | undefined;
  for (const message of messages) {
    const from = since.get(message.id);
    if (from === undefined || !mayShow(message)) continue;
    const at = from + message.afterSeconds * 1000;
    if (next === undefined || at < next.at) next = { message, at };
  }
  return next;
}
