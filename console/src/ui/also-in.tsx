/** The languages in which an article exists as well. Each opens it. */
import type { TranslatedArticle } from '@firstword/shared/knowledge';
import { languageName } from '../language-name.ts';
import { articleTexts as texts } from '../texts/article-texts.ts';

export interface AlsoInProps {
  readonly articles: readonly TranslatedArticle[];
  readonly onOpen: (id: string) => Promise<void>;
}

export function AlsoIn({ articles, onOpen }: AlsoInProps) {
  if (articles.length === 0) return null;
  return (
    <p class="report__quiet">
      {`${texts.alsoIn} `}
      {articles.map(({ id, title, language }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <button type="button" class="link" title={title} onClick={() => void onOpen(id)}>
            {languageName(language)}
          </button>
        </span>
      ))}
    </p>
  );
}
