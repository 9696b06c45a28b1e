/** The results of the search as rows: a line with what was found marked, what is said beside it, and what opens. */
import type { SearchResults } from '@firstword/shared/search';
import type { ComponentChildren } from 'preact';
import { visitorText } from '../texts/conversation-texts.ts';
import type { searchTexts } from '../texts/search-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import type { Workspace } from '../workspace.ts';
import { ExcerptText, NamedText } from './found-text.tsx';
import { safeUrl } from './safe-url.ts';

interface SearchItem {
  /** Of its element. */
  readonly id: string;
  readonly line: ComponentChildren;
  readonly aside: string;
  readonly open: () => void;
}

export interface SearchGroup {
  readonly kind: keyof typeof searchTexts.groups;
  readonly items: readonly SearchItem[];
}

/** Without kinds of which nothing was found. */
export function searchItems(
  { router }: Pick<Workspace, 'router'>,
  { q, results }: { readonly q: string; readonly results: SearchResults },
): SearchGroup[] {
  const { tickets, conversations, analyses, articles, sites } = results;
  const asideOf = (siteId: string, ...parts: readonly string[]) =>
    [...parts, ...(sites.length > 1 ? [sites.find(({ id }) => id === siteId)?.name ?? siteId] : [])].join(' · ');
  const groups: SearchGroup[] = [
    {
      kind: 'tickets',
      items: tickets.map(({ id, number, firstLine, email, state, siteId }) => ({
        id: `found-ticket-${id}`,
        line: <NamedText text={`#${number} ${firstLine}`} q={q} />,
        aside: asideOf(siteId, ...(email === undefined ? [] : [email]), ticketTexts.states[state]),
        open: () => router.go(id),
      })),
    },
    {
      kind: 'conversations',
      items: conversations.map(({ id, siteId, visitorId, name, email, firstLine, match }) => ({
        id: `found-conversation-${id}`,
        line: match === undefined ? firstLine : <ExcerptText found={match} />,
        aside: asideOf(siteId, name ?? email ?? visitorText(visitorId)),
        open() {
          router.show('conversations');
          router.goToConversation(id);
        },
      })),
    },
    {
      kind: 'analyses',
      items: analyses.map(({ ticketId, number, siteId, text }) => ({
        id: `found-analysis-${ticketId}`,
        line: <NamedText text={text} q={q} />,
        aside: asideOf(siteId, `#${number}`),
        open: () => router.go(ticketId),
      })),
    },
    {
      kind: 'articles',
      items: articles.flatMap(({ id, siteId, title, url }) => {
        const href = safeUrl(url);
        if (href === undefined) return [];
        return [
          {
            id: `found-article-${siteId}-${id}`,
            line: <NamedText text={title} q={q} />,
            aside: asideOf(siteId),
            open: () => void window.open(href, '_blank', 'noopener'),
          },
        ];
      }),
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}
