/** The state of a site's single articles: their list, the one that is edited, and the one that was just deleted. */
import type { Article } from '@firstword/shared/article';
import type { ArticleDetail, SiteArticle } from '@firstword/shared/knowledge';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Result } from './api-result.ts';
import type { ArticleInput, KnowledgeApi } from './knowledge-api.ts';
import { createResource, type Resource } from './resource.ts';
import { knowledgeTexts } from './texts/knowledge-texts.ts';

/** What can still be undone. */
export interface DeletedArticle {
  readonly id: string;
  readonly title: string;
}

export interface ArticleController {
  readonly list: Resource<object, { articles: SiteArticle[] }>;
  /** `new`, or the article that is edited. */
  readonly edited: ReadonlySignal<'new' | ArticleDetail | undefined>;
  readonly deleted: ReadonlySignal<DeletedArticle | undefined>;
  readonly failure: ReadonlySignal<string | undefined>;
  /** For the site that is shown. */
  load(): Promise<void>;
  create(): void;
  edit(id: string): Promise<void>;
  closeForm(): void;
  save(article: ArticleInput): Promise<void>;
  /** @param isByHand no source has it, so undoing writes it again */
  remove(id: string, isByHand: boolean): Promise<void>;
  undo(): Promise<void>;
  restore(id: string): Promise<void>;
}

type ArticleApi = Pick<
  KnowledgeApi,
  'readArticles' | 'readArticle' | 'writeArticle' | 'removeArticle' | 'restoreArticle'
>;

/** @param onChanged called when answers use other articles */
export function createArticleController(api: ArticleApi, site: () => string, onChanged: () => void): ArticleController {
  const edited = signal<'new' | ArticleDetail | undefined>(undefined);
  const deleted = signal<DeletedArticle | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  let undoDelete: (() => Promise<Result<unknown>>) | undefined;
  const list = createResource<object, { articles: SiteArticle[] }>({}, () => api.readArticles(site()));

  const close = () => {
    edited.value = undefined;
  };
  const forget = () => {
    deleted.value = undefined;
    undoDelete = undefined;
  };
  const read = <T>(result: Result<T>): T | undefined => {
    failure.value = result.ok ? undefined : result.code === 'offline' ? knowledgeTexts.offline : result.message;
    return result.ok ? result.value : undefined;
  };
  /** Whether the change was accepted. */
  const change = async (request: Promise<Result<unknown>>) => {
    read(await request);
    if (failure.value !== undefined) return false;
    await list.load();
    onChanged();
    return true;
  };

  return {
    list,
    edited,
    deleted,
    failure,
    load() {
      close();
      forget();
      return list.load();
    },
    create() {
      edited.value = 'new';
    },
    async edit(id) {
      const article = read(await api.readArticle(site(), id));
      if (article !== undefined) edited.value = article;
    },
    closeForm: close,
    async save(article) {
      const isNew = edited.value === 'new';
      const isTaken = list.response.value?.articles.some(({ id, hidden }) => id === article.id && !hidden) ?? false;
      if (isNew && isTaken) {
        failure.value = knowledgeTexts.idTaken(article.id);
        return;
      }
      const before = typeof edited.value === 'object' ? withoutLinks(edited.value) : { category: '', keywords: '' };
      if (await change(api.writeArticle(site(), { ...before, ...article }))) close();
    },
    async remove(id, isByHand) {
      const from = site();
      const article = read(await api.readArticle(from, id));
      if (article === undefined || !(await change(api.removeArticle(from, id)))) return;
      deleted.value = { id, title: article.title };
      undoDelete = () => (isByHand ? api.writeArticle(from, withoutLinks(article)) : api.restoreArticle(from, id));
    },
    async undo() {
      if (undoDelete !== undefined && (await change(undoDelete()))) forget();
    },
    async restore(id) {
      if ((await change(api.restoreArticle(site(), id))) && deleted.value?.id === id) forget();
    },
  };
}

/** As it is stored. */
const withoutLinks = ({ alsoIn: _, ...article }: ArticleDetail): Article => article;
