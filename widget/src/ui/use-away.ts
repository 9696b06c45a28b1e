/** Whether a visitor waits for an agent outside of the site's hours. */
import type { ChatState } from '../chat/chat-state.ts';
import { useTexts } from '../texts.ts';
import { useExtras } from './use-extras.ts';

/** When the team is back, formatted; undefined during opening hours or when the site has none. */
export function useAway({ site, responder, clockOffsetMs }: ChatState): string | undefined {
  const { locale } = useTexts();
  const hours = responder.responder === 'waiting-agent' ? site?.hours : undefined;
  const parts = useExtras(hours !== undefined);
  return hours && parts?.awayUntil(hours, Date.now() + clockOffsetMs, locale);
}
