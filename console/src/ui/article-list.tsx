/** A site's articles: one can be written, edited, deleted and restored by itself. */
import type { SiteArticle } from '@firstword/shared/knowledge';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { articleIdOf } from '../article-id.ts';
import type { KnowledgeController } from '../knowledge-controller.ts';
import { articleTexts as texts } from '../texts/article-texts.ts';
import { sourceName } from '../texts/knowledge-texts.ts';
import { AlsoIn } from './also-in.tsx';
import { ArticleFields, readArticleFields } from './article-fields.tsx';
import { focusFirstField, useFocusBack } from './focus.ts';
import { FormFoot } from './form-foot.tsx';
import { ReportFailed } from './report-failed.tsx';

/** More are too many to look through; the field above finds the others. */
const SHOWN = 20;
const NEW_ARTICLE = { id: '', title: '', url: '', body: '' };

export function ArticleList({ knowledge }: { knowledge: KnowledgeController }) {
  const { list, edited, failure } = knowledge.articles;
  const id = useId();
  const wanted = useSignal('');
  const opener = useFocusBack(edited.value !== undefined);
  const all = list.response.value?.articles;
  const needle = wanted.value.trim().toLowerCase();
  const matching = all?.filter((article) => `${article.title}\n${article.id}`.toLowerCase().includes(needle)) ?? [];
  return (
    <section class="report__part" aria-label={texts.title}>
      <div class="report__title">
        <h2>{texts.title}</h2>
        {edited.value === undefined && (
          <button ref={opener} type="button" class="button button--plain" onClick={knowledge.articles.create}>
            {texts.create}
          </button>
        )}
      </div>
      <p class="report__quiet">{texts.hint}</p>
      <p class="report__failed" role="alert">
        {failure.value}
      </p>
      {edited.value !== undefined && <ArticleForm knowledge={knowledge} />}
      <Deleted knowledge={knowledge} />
      {list.failed.value && <ReportFailed text={texts.failed} onTryAgain={() => list.load()} />}
      {all?.length === 0 && edited.value === undefined && <p class="report__empty">{texts.empty}</p>}
      {all !== undefined && all.length > 0 && (
        <div class="field article-search">
          <label for={id}>{texts.find}</label>
          <input
            id={id}
            type="search"
            autocomplete="off"
            value={wanted.value}
            onInput={({ currentTarget }) => {
              wanted.value = currentTarget.value;
            }}
          />
        </div>
      )}
      <ul class="gaps">
        {matching.slice(0, SHOWN).map((article) => (
          <Row key={article.id} knowledge={knowledge} article={article} />
        ))}
      </ul>
      {needle !== '' && matching.length === 0 && <p class="report__empty">{texts.noMatch}</p>}
      {matching.length > SHOWN && <p class="report__quiet">{texts.more(matching.length - SHOWN)}</p>}
    </section>
  );
}

function ArticleForm({ knowledge: { articles } }: { knowledge: KnowledgeController }) {
  const article = articles.edited.value;
  if (article === undefined) return null;
  const isNew = article === 'new';
  return (
    <form
      key={isNew ? 'new' : article.id}
      class="source-form"
      aria-label={isNew ? texts.createTitle : article.title}
      ref={focusFirstField}
      onInput={({ currentTarget, target }) => {
        if (isNew) suggestId(currentTarget, target);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void articles.save(readArticleFields(event.currentTarget));
      }}
    >
      {!isNew && (
        <div class="source-form__wide">
          <AlsoIn articles={article.alsoIn} onOpen={articles.edit} />
        </div>
      )}
      <ArticleFields article={isNew ? NEW_ARTICLE : article} hasFixedId={!isNew} />
      <FormFoot action={texts.save} onCancel={articles.closeForm} />
    </form>
  );
}

/** The id follows the title until it is typed. */
function suggestId(form: HTMLFormElement, target: EventTarget | null): void {
  const [title, id] = form.querySelectorAll('input');
  if (title === undefined || id === undefined) return;
  if (target === id) id.dataset.typed = 'yes';
  if (target === title && id.dataset.typed === undefined) id.value = title.value === '' ? '' : articleIdOf(title.value);
}

/** The button that was pressed has gone with its row. */
const focusButton = (button: HTMLButtonElement | null) => button?.focus();

function Deleted({ knowledge: { articles } }: { knowledge: KnowledgeController }) {
  const deleted = articles.deleted.value;
  return (
    <div role="status">
      {deleted !== undefined && (
        <p class="article-deleted">
          <span>{texts.deleted(deleted.title)}</span>
          <button type="button" class="button button--plain" ref={focusButton} onClick={() => void articles.undo()}>
            {texts.undo}
          </button>
        </p>
      )}
    </div>
  );
}

function Row({ knowledge, article }: { knowledge: KnowledgeController; article: SiteArticle }) {
  const { articles } = knowledge;
  const { id, title, sourceId, hidden } = article;
  const source = knowledge.overview.response.value?.sources.find((one) => one.id === sourceId);
  const button = (label: string, onClick: () => Promise<void>) => (
    <button type="button" class="button button--quiet" aria-label={`${label}, ${title}`} onClick={() => void onClick()}>
      {label}
    </button>
  );
  return (
    <li class="gap article">
      <div>
        <p class={hidden ? 'gap__question article__hidden' : 'gap__question'}>{title}</p>
        <p class="gap__count">
          {hidden ? texts.removed : [id, source && sourceName(source)].filter(Boolean).join(' · ')}
        </p>
      </div>
      <div class="source__actions">
        {hidden ? (
          button(texts.restore, () => articles.restore(id))
        ) : (
          <>
            {button(texts.edit, () => articles.edit(id))}
            {button(texts.remove, () => articles.remove(id, source?.origin.kind === 'manual'))}
          </>
        )}
      </div>
    </li>
  );
}
