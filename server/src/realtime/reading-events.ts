/** The events with which a visitor reads more than the present conversation: their other ones, the site's articles, and a mail. */
import type { FoundArticle, VisitorConversation } from '@firstword/shared/wire';
import {
  articleReadSchema,
  articleSearchSchema,
  conversationsReadSchema,
  transcriptMailSchema,
} from '@firstword/shared/wire-requests';
import type { ArticleReading } from '../conversation/article-reading.ts';
import type { OwnConversations } from '../conversation/own-conversations.ts';
import type { TranscriptMail } from '../conversation/transcript-mail.ts';
import { RefusedError } from '../lib/guarded.ts';
import type { Visitor } from './admit-visitor.ts';
import type { CountedRead, DefineEvent, WidgetEvent } from './widget-event.ts';

export interface ReadingEventParts {
  readonly ownConversations: OwnConversations;
  readonly articles: ArticleReading;
  readonly mailTranscript: TranscriptMail;
}

/** Of the longest list of conversations. */
const LIST_KB = 20;
/** Of most searches. */
const SEARCH_KB = 4;

export function createReadingEvents({
  visitor: { site, session },
  define,
  read,
  admitRequest,
  parts: { ownConversations, articles, mailTranscript },
}: {
  readonly visitor: Pick<Visitor, 'site' | 'session'>;
  readonly define: DefineEvent;
  readonly read: CountedRead;
  /** @throws RefusedError `rate-limited` */
  readonly admitRequest: () => Promise<void>;
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
    define('transcript-mail', transcriptMailSchema, async () => {
      await admitRequest();
      if (!(await mailTranscript(session.conversationId, site.name)))
        throw new RefusedError('not-found', 'There is no confirmed e-mail address to send the conversation to.');
      return {};
    }),
  ];
}
