/** Whether a visitor waits for an agent outside of the site's hours. */
import type { ChatState } from '../chat/chat-state.ts';
import { texts } from '../texts.ts';
import { useExtras } from './use-extras.ts';

/** When the team is back, formatted; undefined during opening hours or when the site has none. */
export function useAway({ site, responder, clockOffsetMs }: ChatState): string | undefined {
  const hours = responder.responder === 'waiting-agent' ? site?.hours : undefined;
  const parts = useExtras(hours !== undefined);
  if (!hours || !parts) return undefined;
  const now = Date.now() + clockOffsetMs;
  const opensAt = parts.nextOpening(hours, now) ?? now;
  if (opensAt <= now) return undefined;
  const clock = { weekday: 'long', hour: 'numeric', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(texts.value.locale, clock).format(opensAt);
}
