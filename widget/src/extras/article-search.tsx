/** Searches the site's articles as the visitor types. */
import { SEARCH_TEXT_MAX } from '@firstword/shared/limits';
import type { FoundArticle } from '@firstword/shared/wire';
import { useEffect, useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { useTexts } from '../texts.ts';
import { Icon } from '../ui/icons.tsx';
import { ExtraIcon } from './extra-icons.tsx';
import { useExtraTexts } from './extra-texts.ts';

/** A pause between two keys of a fast typist. */
const PAUSE_MS = 200;

export function ArticleSearch(props: {
  chat: Chat;
  query: string;
  onQuery: (text: string) => void;
  onOpen: (articleId: string) => void;
}) {
  const { chat, query, onQuery, onOpen } = props;
  const { searchArticles, noArticles, loadFailed } = useExtraTexts();
  const { retry } = useTexts();
  const [found, setFound] = useState<readonly FoundArticle[] | 'failed'>();
  const [tries, setTries] = useState(0);
  const text = query.trim();

  useEffect(() => {
    setFound(undefined);
    if (text === '') return;
    let isLatest = true;
    const timer = setTimeout(async () => {
      const answer = await chat.ask('article-search', { text });
      // An answer that arrives late must not replace that of a later search.
      if (isLatest) setFound(answer?.ok ? answer.articles : 'failed');
    }, PAUSE_MS);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [text, tries]);

  return (
    <search class="search">
      <label class="search__field">
        <ExtraIcon name="search" />
        <input
          class="line__field"
          type="search"
          dir={query === '' ? undefined : 'auto'}
          maxLength={SEARCH_TEXT_MAX}
          aria-label={searchArticles}
          placeholder={searchArticles}
          autoComplete="off"
          value={query}
          onInput={({ currentTarget }) => onQuery(currentTarget.value)}
        />
      </label>
      <div role="status">
        {found !== 'failed' && found?.length === 0 && <p class="note search__note">{noArticles}</p>}
        {found === 'failed' && (
          <p class="note note--bad search__note">
            {loadFailed}
            <button type="button" class="link" onClick={() => setTries((count) => count + 1)}>
              {retry}
            </button>
          </p>
        )}
      </div>
      {found && found !== 'failed' && (
        <ul class="home__list">
          {found.map(({ id, title, excerpt }) => (
            <li key={id}>
              <button type="button" class="home__row" onClick={() => onOpen(id)}>
                <span class="home__line">
                  <span class="home__first" dir="auto">
                    {title}
                  </span>
                  <span class="home__meta home__excerpt" dir="auto">
                    {excerpt}
                  </span>
                </span>
                <Icon name="next" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}
