/** Shown before the first message: the site's greeting and suggested questions. */
import type { SiteView } from '@firstword/shared/site-view';
import { useTexts } from '../texts.ts';
import { Icon } from './icons.tsx';

const SUGGESTIONS_MAX = 4;

export function EmptyState({
  site,
  demo,
  ask,
}: {
  site: SiteView | undefined;
  demo: boolean;
  ask: (question: string) => void;
}) {
  const { fallbackGreeting, suggestions, demoExplained } = useTexts();
  if (!site) {
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
        {site.greeting || fallbackGreeting}
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
      {demo && <p class="empty__note">{demoExplained}</p>}
    </div>
  );
}
