/** The articles that an answer cites, as numbered rows below it. */
import type { Signal } from '@preact/signals';
import { safeLink } from '../markdown/safe-link.ts';
import { useTexts } from '../texts.ts';
import type { AnswerRow } from '../ui/answer-text.tsx';
import type { View } from '../ui/view.ts';

export function Sources(props: {
  row: AnswerRow;
  base: string;
  /** Visitors may read articles. */
  readable: boolean;
  /** Where an article is opened. */
  view: Signal<View | undefined> | undefined;
}) {
  const { row, base, readable, view } = props;
  const { sources: label } = useTexts();
  const sources = row.message?.citations ?? [];
  if (sources.length === 0) return null;
  return (
    <ol class="sources" aria-label={label}>
      {sources.map(({ n, title, url, excerpt, article }, at) => {
        const link = safeLink(url, base);
        const opens = !link && readable && article;
        const Row = opens ? 'button' : 'a';
        return (
          <li key={n}>
            {/* An article without a page of its own opens in the panel, where visitors may read articles. */}
            <Row
              {...(opens && {
                onClick() {
                  if (view) view.value = { page: 'article', id: article, back: undefined };
                },
              })}
              {...(link && { href: link.href, target: '_blank', rel: 'noopener noreferrer nofollow' })}
              aria-describedby={`source-${row.key}-${n}`}
            >
              <span class="sources__number">{at + 1}</span>
              <span class="sources__title">{title}</span>
            </Row>
            <p class="sources__preview" id={`source-${row.key}-${n}`} dir="auto">
              {excerpt}
              {link && <span class="sources__host">{link.target}</span>}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
