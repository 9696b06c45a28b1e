/** The list of all conversations, with its search and filters. It loads page by page as it is scrolled. */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { commonTexts } from '../texts/common-texts.ts';
import { conversationTexts, failureText } from '../texts/conversation-texts.ts';
import type { Workspace } from '../workspace.ts';
import { ConversationRow } from './conversation-row.tsx';
import { ConversationSearch } from './conversation-search.tsx';
import { Icon } from './icons.tsx';
import { LoadMore } from './load-more.tsx';
import { ViewMenu } from './view-menu.tsx';
import { WindowedRows } from './windowed-rows.tsx';

/** Height of a usual row. */
const ROW_PX = 81;

export function ConversationList({ workspace }: { workspace: Workspace }) {
  const { conversations, router } = workspace;
  const { list } = conversations;
  const pages = list.pages.value;
  const { id: cursorId, moves } = conversations.cursor.value;
  const box = useRef<HTMLElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => pages?.flat() ?? [], [pages]);
  const openId = router.conversation.value.id;

  // The focus follows the keyboard cursor. A layout effect runs before the next key event.
  useLayoutEffect(() => {
    if (moves > 0) box.current?.querySelector<HTMLElement>(`[data-conversation="${cursorId}"]`)?.focus();
  }, [moves, cursorId]);
  const count = rows.length;
  const { q } = conversations.filter.value;
  const sites = conversations.sites.value;
  const failure = list.failure.value;
  return (
    <section class="list" aria-label={conversationTexts.title} ref={box}>
      <header class="list__head list__head--search">
        <div class="list__title">
          {openId === undefined ? <h1>{conversationTexts.title}</h1> : <h2>{conversationTexts.title}</h2>}
          <ViewMenu workspace={workspace} />
          <button
            type="button"
            class="icon-button"
            aria-label={conversationTexts.refresh}
            title={conversationTexts.refresh}
            onClick={conversations.refresh}
          >
            <Icon name="refresh" />
          </button>
        </div>
        <ConversationSearch workspace={workspace} />
      </header>
      {failure?.of === 'first' && (
        <p class={pages === undefined ? 'list__empty' : 'list__line'} role="alert">
          {failureText(failure.code)}{' '}
          <button type="button" class="link" onClick={conversations.refresh}>
            {commonTexts.tryAgain}
          </button>
        </p>
      )}
      <div class="list__rows" ref={scroll} aria-busy={list.busy.value}>
        <WindowedRows
          rows={rows}
          label={conversationTexts.title}
          total={list.complete.value ? count : undefined}
          rowPx={ROW_PX}
          cursorId={cursorId}
          box={scroll}
          listKey={list.loads.value}
          draw={(row, place) => (
            <ConversationRow
              key={row.id}
              place={place}
              conversation={row}
              q={q}
              siteName={sites.length > 1 ? (sites.find(({ id }) => id === row.siteId)?.name ?? row.siteId) : undefined}
              href={router.conversationHref(row.id)}
              current={row.id === openId}
              onOpen={() => router.goToConversation(row.id)}
            />
          )}
        />
        {pages !== undefined && !list.complete.value && (
          <LoadMore
            label={commonTexts.loadingMore}
            busy={list.busy.value}
            failed={failure?.of === 'next' ? failureText(failure.code) : undefined}
            onMore={list.more}
            aheadPx={20 * ROW_PX}
          />
        )}
        {list.complete.value && count > 0 && <p class="load-more">{conversationTexts.end(count)}</p>}
      </div>
      {pages === undefined && failure === undefined && <p class="list__empty">{commonTexts.loading}</p>}
      {list.complete.value && count === 0 && <Empty workspace={workspace} />}
      <p class="visually-hidden" role="status">
        {list.busy.value || pages === undefined || count > 0 ? '' : conversationTexts.noMatch}
      </p>
    </section>
  );
}

function Empty({ workspace: { conversations } }: { workspace: Workspace }) {
  const { q, ...filters } = conversations.filter.value;
  const filtered = Object.keys(filters).length > 0;
  if (q === undefined && !filtered) return <p class="list__empty">{conversationTexts.empty}</p>;
  return (
    <div class="list__empty">
      <p>{q === undefined ? conversationTexts.noMatch : conversationTexts.noMatchFor(q, filtered)}</p>
      {q !== undefined && <p>{conversationTexts.noMatchHint}</p>}
      <button type="button" class="button button--plain" onClick={conversations.clear}>
        {q === undefined ? conversationTexts.clear : conversationTexts.clearSearch}
      </button>
    </div>
  );
}
