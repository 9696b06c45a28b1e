/** The events with which a visitor reads more than the present conversation: their other ones, and the site's articles. */
import type { FoundArticle, VisitorConversation } from '@firstword/shared/wire';
import { articleReadSchema, articleSearchSchema, conversationsReadSchema } from '@firstword/shared/wire-requests';
import type { ArticleReading } from '../conversation/article-reading.ts';
import type { OwnConversations } from '../conversation/own-conversations.ts';
import { RefusedError } from '../lib/guarded.ts';
import type { Visitor } from './admit-visitor.ts';
import type { CountedRead, DefineEvent, WidgetEvent } from './widget-event.ts';

export interface ReadingEventParts {
  readonly ownConversations: OwnConversations;
  readonly articles: ArticleReading;
}

/** Of the longest list of conversations. */
const LIST_KB = 20;
/** Of most searches. */
const SEARCH_KB = 4;

export function createReadingEvents({
  visitor: { site, session },
  define,
  read,
  parts: { ownConversations, articles },
}: {
  readonly visitor: Pick<Visitor, 'site' | 'session'>;
  readonly define: DefineEvent;
  readonly read: CountedRead;
  readonly parts: ReadingEventParts;
}): WidgetEvent[] {
  const mayReadArticles = () => {
    if (!site.articles)
      throw new RefusedError('not-found', 'This site does not let visitors search its articles (sites[].articles).');
  };

  return [
    define('conversations-read', conversationsReadSchema, async () => {
      const list = () => ownConversations.list(session, session.conversationId);
      const lines = (found: readonly VisitorConversation[]) => found.map(({ firstLine }) => ({ text: firstLine }));
      return { conversations: await read(LIST_KB, list, lines) };
    }),
    define('article-search', articleSearchSchema, async ({ text }) => {
      mayReadArticles();
      const search = async () => articles.search(site.id, text);
      const shown = (found: readonly FoundArticle[]) => found.map(({ title, excerpt }) => ({ text: title + excerpt }));
      return { articles: await read(SEARCH_KB, search, shown) };
    }),
    define('article-read', articleReadSchema, async ({ id }) => {
      mayReadArticles();
      const article = articles.read(site.id, id);
      if (article === undefined) throw new RefusedError('not-found', 'This site has no such article.');
      return {
        article: await read(
          Math.ceil(article.text.length / 1000),
          async () => article,
          (each) => [each],
        ),
      };
    }),
  ];
}
