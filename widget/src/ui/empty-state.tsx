/** Shown before the first message: the site's greeting and suggested questions. */
import type { ChatState } from '../chat/chat-state.ts';
import { useTexts } from '../texts.ts';
import { Icon } from './icons.tsx';

const SUGGESTIONS_MAX = 4;

export function EmptyState({ state, ask }: { state: ChatState; ask: (question: string) => void }) {
  const { fallbackGreeting, suggestions, demoExplained } = useTexts();
  const { conversationId, site, mode, opening } = state;
  if (!conversationId || !site) {
    return (
      <div class="empty" aria-hidden="true">
        <span class="ghost ghost--title" />
        <span class="ghost" />
        <span class="ghost" />
        <span class="ghost" />
      </div>
    );
  }
  return (
    <div class="empty">
      <p class="empty__greeting" dir="auto">
        {opening?.text ?? (site.greeting || fallbackGreeting)}
      </p>
      {site.suggestions.length > 0 && !site.preChat && (
        <ul class="suggestions" aria-label={suggestions}>
          {site.suggestions.slice(0, SUGGESTIONS_MAX).map((question) => (
            <li key={question}>
              <button type="button" dir="auto" onClick={() => ask(question)}>
                <span>{question}</span>
                <Icon name="next" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {mode === 'demo' && <p class="empty__note">{demoExplained}</p>}
    </div>
  );
}
