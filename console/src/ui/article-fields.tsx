/** The fields of an article in a form: title, id, text and page. */
import { useId } from 'preact/hooks';
import type { ArticleInput } from '../knowledge-api.ts';
import { articleTexts as texts } from '../texts/article-texts.ts';
import { fieldText } from './field.tsx';

/** @param hasFixedId the id of an article that exists can't change */
export function ArticleFields({ article, hasFixedId = false }: { article: ArticleInput; hasFixedId?: boolean }) {
  const id = useId();
  return (
    <>
      <div class="field">
        <label for={`${id}-title`}>{texts.articleTitle}</label>
        <input
          id={`${id}-title`}
          name="title"
          required
          maxLength={300}
          autocomplete="off"
          defaultValue={article.title}
        />
      </div>
      <div class="field">
        <label for={`${id}-id`}>{texts.articleId}</label>
        <input
          id={`${id}-id`}
          name="id"
          required
          maxLength={200}
          pattern="[^\s#]+"
          title={texts.idRule}
          autocomplete="off"
          readOnly={hasFixedId}
          defaultValue={article.id}
        />
      </div>
      <div class="field source-form__wide">
        <label for={`${id}-body`}>{texts.body}</label>
        <textarea id={`${id}-body`} name="body" required rows={10} maxLength={200_000} defaultValue={article.body} />
      </div>
      <div class="field source-form__wide">
        <label for={`${id}-url`}>{texts.page}</label>
        <input
          id={`${id}-url`}
          name="url"
          maxLength={2000}
          pattern="(https?://|/(?!/)).*"
          title={texts.pageRule}
          autocomplete="off"
          defaultValue={article.url}
        />
      </div>
    </>
  );
}

export function readArticleFields(form: HTMLFormElement): ArticleInput {
  const data = new FormData(form);
  const read = (name: string) => fieldText(data, name).trim();
  return { id: read('id'), title: read('title'), url: read('url'), body: read('body') };
}
